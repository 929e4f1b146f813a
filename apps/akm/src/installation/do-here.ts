import { actsOn } from "../acts/perform.ts";
import type { Surroundings } from "../command-line/command.ts";
import type { DataFolder } from "../folder/data-folder.ts";
import { createLog } from "../log.ts";
import { actedOn, openInstallation } from "./open.ts";
import { readSettings } from "./read-settings.ts";

/** An act of the command line, and whose. */
export interface ActRequest {
  readonly name: string;
  readonly argument: unknown;
  readonly folder: DataFolder;
  readonly surroundings: Surroundings;
}

/** Does an act in this process, under the folder's lock. @throws Failure `inUse` where another process holds it */
export async function doHere({
  name,
  argument,
  folder,
  surroundings,
}: ActRequest): Promise<unknown> {
  const { now } = surroundings;
  const config = readSettings(folder);
  const log = createLog({ ...config.log, level: "warn" }, surroundings);
  const opened = await openInstallation({ folder, config, hosts: [], now, log });
  try {
    return await actsOn(actedOn(opened, { now, reload: async () => {} }))(name, argument);
  } finally {
    await opened.close();
  }
}
