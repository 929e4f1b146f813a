export { type ConfigSource, type GivenValue, readConfig } from "./config/read-config.ts";
export { defaultLines, keyOf, type Setting } from "./config/setting.ts";
export { newConfigText } from "./config/write-config.ts";
export { type Config, settings } from "./config.ts";
export { exitCodes, Failure, type FailureKind } from "./failure.ts";
