import { linkSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { Failure, folderFailure } from "../failure.ts";
import { writeWhole } from "./files.ts";
import { isAlive, markOf, type ProcessMark } from "./process-mark.ts";

/** The right to work on a data folder, held until the process ends. */
export interface FolderLock {
  readonly path: string;
  /** When a holder before this one last showed that it lived, in milliseconds since 1970; `undefined` for the first one. */
  readonly heldBeforeMs: number | undefined;
  /** Shows that this one lives. */
  touch(now: Date): void;
}

/**
 * Takes the lock of a data folder. The lock is the file `akm.lock.N` with the highest N, held while the process named
 * in it lives: a dead one is in nobody's way. N only grows and the newest file always stays, so that of two
 * processes that find the same dead holder only one makes the next file.
 *
 * @throws Failure `inUse` with the holder's pid
 */
export function takeLock(run: string, now: Date): FolderLock {
  try {
    for (;;) {
      const before = newest(run);
      const holder = before && holderOf(before.path);
      if (holder !== undefined && isAlive(holder)) throw inUse(run, holder);
      const path = join(run, `akm.lock.${(before?.number ?? 0) + 1}`);
      const heldBeforeMs = before && statSync(before.path, { throwIfNoEntry: false })?.mtimeMs;
      // A clock that is behind must not make the folder look older than it is.
      if (!claim(path, new Date(Math.max(now.getTime(), heldBeforeMs ?? 0)))) continue;
      if (newest(run)?.path !== path) {
        rmSync(path, { force: true });
        continue;
      }
      if (before) rmSync(before.path, { force: true });
      return { path, heldBeforeMs, touch: (moment) => utimesSync(path, moment, moment) };
    }
  } catch (error) {
    throw folderFailure(error, run);
  }
}

/** Makes the lock file with its content, unless it is there already. */
function claim(path: string, touched: Date): boolean {
  const own = `${path}.${process.pid}`;
  writeWhole(own, JSON.stringify(markOf(process.pid)), 0o600);
  utimesSync(own, touched, touched);
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function newest(run: string): { path: string; number: number } | undefined {
  const numbers = readdirSync(run).flatMap((name) => /^akm\.lock\.(\d+)$/.exec(name)?.[1] ?? []);
  const number = Math.max(...numbers.map(Number));
  return numbers.length === 0 ? undefined : { path: join(run, `akm.lock.${number}`), number };
}

function holderOf(path: string): ProcessMark | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    // It went while we looked, or the disk lost it: nobody holds it.
    return undefined;
  }
}

function inUse(run: string, { pid }: ProcessMark): Failure {
  return new Failure(
    "inUse",
    `process ${pid} works on ${join(run, "..")}: stop it first, or name another folder with --data`,
  );
}
