import { authorityFile } from "../certificates/own.ts";
import type { Config } from "../config.ts";
import type { DataFolder } from "../folder/data-folder.ts";
import { shellWord } from "../text.ts";

/** What there is now, and how to call the akm that made it. */
export interface NewInstallation {
  readonly folder: DataFolder;
  /** Where KMIP is served. */
  readonly kmip: Pick<Config["kmip"], "address" | "port">;
  readonly self: string;
}

/** What somebody who has just made an installation wants to know: what there is, and how a client connects. */
export function firstSteps({ folder, kmip, self }: NewInstallation): readonly string[] {
  const { root, masterKey, certificates, configFile } = folder;
  return [
    `made a new installation in ${root} (settings: ${configFile})`,
    `keep a copy of ${masterKey} elsewhere: without it no key can be read`,
    `clients trust ${authorityFile(certificates)} and connect to ${kmip.address}, port ${kmip.port}`,
    `a client's certificate: ${self} cert issue --data ${shellWord(root)} --cn NAME --out FOLDER`,
  ];
}
