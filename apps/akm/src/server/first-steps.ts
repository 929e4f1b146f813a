import { authorityFile } from "../certificates/own.ts";
import type { Config } from "../config.ts";
import type { DataFolder } from "../folder/data-folder.ts";

/** What somebody who has just made an installation wants to know: what there is, and how a client connects. */
export function firstSteps(
  { root, masterKey, certificates, configFile }: DataFolder,
  { address, port }: Pick<Config["kmip"], "address" | "port">,
): readonly string[] {
  return [
    `made a new installation in ${root} (settings: ${configFile})`,
    `keep a copy of ${masterKey} elsewhere: without it no key can be read`,
    `clients trust ${authorityFile(certificates)} and connect to ${address}, port ${port}`,
    `a client's certificate: akm cert issue --data ${shellWord(root)} --cn NAME --out FOLDER`,
  ];
}

function shellWord(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
