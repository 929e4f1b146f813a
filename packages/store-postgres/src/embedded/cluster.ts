import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  stat,
} from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { StoreError } from "@akm/store";
import type { Binaries } from "./binaries.ts";
import { execute, exists, type Launcher, placeOf } from "./launcher.ts";
import { inWords, refuse, systemCode } from "./refuse.ts";

/**
 * Makes sure of the database's files below `directory`; returns their folder, `pg18` for PostgreSQL 18. They are made beside it and
 * renamed, so that they are whole or not there.
 */
export async function prepareCluster(
  launcher: Launcher,
  binaries: Binaries,
  directory: string,
): Promise<string> {
  const data = join(directory, `pg${binaries.major}`);
  await prepareDirectory(launcher, directory);
  await removeUnfinished(directory, basename(data));
  if (await exists(join(data, "PG_VERSION"))) await stopLeftover(data);
  else await makeCluster(launcher, binaries, data);
  return data;
}

/** The folder stays the caller's; the database's account only passes through it. */
async function prepareDirectory({ account }: Launcher, directory: string): Promise<void> {
  try {
    if ((await mkdir(directory, { recursive: true })) !== undefined) await chmod(directory, 0o711);
    if (account === undefined) return;
    const { mode } = await stat(directory);
    if ((mode & 0o011) !== 0o011) await chmod(directory, mode | 0o011);
  } catch (error) {
    refuse(`the folder ${directory} cannot be made or used (${systemCode(error)})`, error);
  }
}

/** What a process that was killed while it made the files has left. */
async function removeUnfinished(directory: string, name: string): Promise<void> {
  for (const entry of await readdir(directory))
    if (entry.startsWith(`${name}.new-`)) await removeFolder(join(directory, entry));
}

/** Programs that outlive the process that started them write a while yet, in a folder that is being removed. */
async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 12, retryDelay: 50 });
}

async function makeCluster(launcher: Launcher, { initdb }: Binaries, data: string): Promise<void> {
  if ((await readdir(data).catch(() => [])).length > 0)
    refuse(`${data} is there, but is no database`);
  const { account } = launcher;
  let fresh: string | undefined;
  try {
    fresh = await mkdtemp(`${data}.new-`);
    if (account !== undefined) await chown(fresh, account.uid, account.gid);
    const access = ["-U", "akm", "-A", "trust"];
    const form = ["-E", "UTF8", "--locale=C", "--data-checksums"];
    const { folder, cwd } = await placeOf(account, fresh);
    await launcher.run(initdb, ["-D", folder, ...access, ...form], cwd);
    await rename(fresh, data);
    await syncFolder(join(data, ".."));
  } catch (error) {
    if (fresh !== undefined) await removeFolder(fresh);
    if (error instanceof StoreError) throw error;
    refuse(whyNot(error, data), error);
  }
}

function whyNot(error: unknown, data: string): string {
  const code = systemCode(error);
  if (code === "EACCES" || code === "EROFS")
    return `the folder of ${data} cannot be written (${code})`;
  if (code === "ENOSPC") return inWords("No space left on device", data);
  return inWords(error instanceof Error ? error.message : String(error), data);
}

/** Makes a rename in a folder outlast a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Stops the server that an earlier process left running on `data`, if there is one. */
async function stopLeftover(data: string): Promise<void> {
  const lock = await readFile(join(data, "postmaster.pid"), "utf8").catch(() => "");
  const pid = Number.parseInt(lock, 10);
  if (!(pid > 1) || !(await isServerOn(pid, data))) return;
  for (let tries = 0; tries < 400; tries++) {
    try {
      // A fast shutdown; after ten seconds an immediate one, which costs only a recovery.
      process.kill(pid, tries === 0 ? "SIGINT" : tries === 200 ? "SIGQUIT" : 0);
    } catch {
      return;
    }
    await delay(50);
  }
  refuse(`process ${pid} uses ${data} and does not stop`);
}

/** A number in a lock file may be another program's by now. On Linux a server is known by the folder in which it stands. */
async function isServerOn(pid: number, data: string): Promise<boolean> {
  try {
    if (process.platform === "linux")
      return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(data));
    const { stdout } = await execute("ps", ["-p", String(pid), "-o", "command="]);
    return stdout.includes(data);
  } catch {
    return false;
  }
}
