import { spawnSync } from "node:child_process";
import { main } from "./akm.ts";

/** The number of the account to which nothing belongs. */
export const nobody = 65534;

/** Whether the tests run as root, who can give things to others and mount file systems. */
export const isRoot: boolean = process.getuid?.() === 0;

/** Whether akm can be run as `nobody`: by root alone, and not from a checkout that only root can reach. */
export const canBeNobody: boolean = isRoot && isReachable();

function isReachable(): boolean {
  const look = ["--eval", `fs.accessSync(${JSON.stringify(main)})`];
  return spawnSync(process.execPath, look, { uid: nobody, gid: nobody, cwd: "/" }).status === 0;
}
