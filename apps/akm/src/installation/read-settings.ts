import { type GivenValue, readConfig } from "../config/read-config.ts";
import type { Config } from "../config.ts";
import type { DataFolder } from "../folder/data-folder.ts";
import { readIfThere } from "../folder/files.ts";

/**
 * The configuration of a data folder, with the options of the command line above it.
 *
 * @throws Failure `configuration`
 */
export function readSettings(
  { configFile }: DataFolder,
  overrides: readonly GivenValue[] = [],
): Config {
  return readConfig({ file: configFile, text: readIfThere(configFile) ?? "", overrides });
}
