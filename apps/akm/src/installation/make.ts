import type { Surroundings } from "../command-line/command.ts";
import type { DataFolder } from "../folder/data-folder.ts";
import { createLog } from "../log.ts";
import { firstSteps } from "../server/first-steps.ts";
import { openInstallation } from "./open.ts";
import { readSettings } from "./read-settings.ts";

/** What to make. */
export interface MakeRequest {
  readonly folder: DataFolder;
  /** Names for the server's certificates. */
  readonly hosts: readonly string[];
  readonly surroundings: Surroundings;
}

/** Makes what is missing of an installation and says what to do with it. @throws Failure */
export async function makeInstallation({
  folder,
  hosts,
  surroundings,
}: MakeRequest): Promise<void> {
  const { now, print, self } = surroundings;
  const config = readSettings(folder);
  const log = createLog({ ...config.log, level: "warn" }, surroundings);
  const opened = await openInstallation({ folder, config, hosts, now, log });
  await opened.close();
  if (!opened.isNew) print(`${folder.root} was made before; nothing was changed`);
  else for (const line of firstSteps({ folder, kmip: config.kmip, self })) print(line);
}
