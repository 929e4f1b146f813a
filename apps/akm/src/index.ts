export type { Command, Surroundings } from "./command-line/command.ts";
export { commandHelp, helpText } from "./command-line/help.ts";
export { type CommandLine, runCommandLine } from "./command-line/run.ts";
export { commands } from "./commands/index.ts";
export { type ConfigSource, type GivenValue, readConfig } from "./config/read-config.ts";
export { defaultLines, keyOf, type Setting } from "./config/setting.ts";
export { newConfigText } from "./config/write-config.ts";
export { type Config, settings } from "./config.ts";
export { exitCodes, Failure, type FailureKind } from "./failure.ts";
