import { type ChildProcess, execFile, type SpawnOptions, spawn } from "node:child_process";
import { access, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { refuse } from "./refuse.ts";

/** Runs a program to its end. */
export const execute: typeof execFile.__promisify__ = promisify(execFile);

/** An account of the machine; its files are the database's. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Starts PostgreSQL's programs: as the account where this process is root, and so that they end when it ends, however it does. */
export interface Launcher {
  /** `undefined` where this process is not root: the programs run as it does. */
  readonly account: Account | undefined;
  /** Runs a program to its end; rejects with its output, as `execFile` does. It stands in `/` unless `cwd` is given. */
  run(program: string, args: readonly string[], cwd?: string): Promise<{ stdout: string }>;
  /** Starts a program in a process group of its own, so that a Ctrl-C meant for this process does not reach it. */
  start(program: string, args: readonly string[], cwd?: string): ChildProcess;
}

/** Accounts that root may run the database under, the first that exists. */
const accountNames = ["akm", "postgres", "nobody"];

const setpriv = "/usr/bin/setpriv";

/** Chooses the account and finds out whether the kernel can be told to end the programs with this process. */
export async function createLauncher(): Promise<Launcher> {
  const account = await accountForRoot();
  const bound = process.platform === "linux" && (await exists(setpriv));
  const prefix = bound ? [setpriv, "--pdeathsig", "INT", "--"] : [];
  const options: SpawnOptions = {
    env: { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" },
    ...(account && { uid: account.uid, gid: account.gid }),
  };

  function command(program: string, args: readonly string[]): [string, string[]] {
    const [first, ...rest] = [...prefix, program, ...args];
    return [first as string, rest];
  }

  return {
    account,
    run: (program, args, cwd = "/") =>
      execute(...command(program, args), { ...options, cwd, encoding: "utf8" }),
    start: (program, args, cwd = "/") =>
      spawn(...command(program, args), {
        ...options,
        cwd,
        detached: true,
        stdio: ["ignore", "ignore", "pipe"],
      }),
  };
}

/** PostgreSQL refuses root. */
async function accountForRoot(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  for (const wanted of accountNames) {
    const [name, , uid, gid] = users.find(([name]) => name === wanted) ?? [];
    if (name !== undefined) return { name, uid: Number(uid), gid: Number(gid) };
  }
  refuse("it cannot run as root, and the machine has no account akm, postgres or nobody");
}

/** How a program is told of the folder that it works on. */
export interface Place {
  /** For the command line. */
  readonly folder: string;
  readonly cwd: string;
}

/**
 * The place of a folder, for programs under an account. Where it cannot pass through the folders above (a temporary folder of root's
 * is closed to all others), they are started in the folder and, on Linux, name it as the one they stand in.
 */
export async function placeOf(account: Account | undefined, folder: string): Promise<Place> {
  const closed = account && (await barrier(account, dirname(folder)));
  if (account === undefined || closed === undefined) return { folder, cwd: "/" };
  if (process.platform === "linux") return { folder: "/proc/self/cwd", cwd: folder };
  refuse(`the account ${account.name} cannot pass through ${closed}: choose another data folder`);
}

/** The first folder on the way down to `path` that the account cannot pass through. */
export async function barrier(account: Account, path: string): Promise<string | undefined> {
  const parent = dirname(path);
  const above = parent === path ? undefined : await barrier(account, parent);
  if (above !== undefined) return above;
  const { uid, gid, mode } = await stat(path);
  const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
  return (mode & bit) === 0 ? path : undefined;
}

/** Whether something is there. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
