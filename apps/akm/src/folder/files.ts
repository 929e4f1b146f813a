import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { folderFailure } from "../failure.ts";

const unfinished = ".tmp";

/**
 * Writes a file whole or not at all: under a passing name, to the disk, and then into its place. One writer at a time.
 *
 * @throws Failure `folder`
 */
export function writeWhole(path: string, content: string | Uint8Array, mode: number): void {
  makeWhole(path, (passing) => {
    const file = openSync(passing, "wx", mode);
    try {
      // The umask has cut the mode.
      fchmodSync(file, mode);
      // A write may be cut short by a full disk without an error.
      for (let rest = Buffer.from(content); rest.length > 0; )
        rest = rest.subarray(writeSync(file, rest));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  });
}

/** As `writeWhole`, for a file that `make` makes and brings to the disk under the name it is given. */
export function makeWhole(path: string, make: (passing: string) => void): void {
  const passing = `${path}${unfinished}`;
  inFolder(path, () => {
    rmSync(passing, { force: true });
    try {
      make(passing);
      renameSync(passing, path);
    } catch (error) {
      rmSync(passing, { force: true });
      throw error;
    }
    syncFolder(dirname(path));
  });
}

/** Makes a folder, and those above it, where there are none; it has this mode in either case, as those have that it made. */
export function makeFolder(path: string, mode: number): void {
  inFolder(path, () => {
    const first = makeMissing(path);
    if (first !== undefined) syncFolder(dirname(first));
    for (let folder = path; ; folder = dirname(folder)) {
      // The umask has cut the mode of what was made.
      chmodSync(folder, mode);
      if (first === undefined || folder === first) return;
    }
  });
}

/** Removes what a process that died left unfinished in these folders. */
export function sweep(folders: readonly string[]): void {
  for (const folder of folders) {
    for (const name of inFolder(folder, () => readdirSync(folder))) {
      if (name.endsWith(unfinished)) rmSync(join(folder, name), { force: true });
    }
  }
}

/** Whether there is something at this path. */
export function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Refuses a folder in which this user cannot make files. @throws Failure `folder` */
export function requireWritable(folder: string): void {
  inFolder(folder, () => accessSync(folder, constants.W_OK | constants.X_OK));
}

/** The text of a file, or `undefined` where there is none. */
export function readIfThere(path: string): string | undefined {
  return inFolder(path, () => {
    try {
      return readFileSync(path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  });
}

/** Makes a folder and those above it; returns the first that was not there. Node's own way never ends on a path below /proc. */
function makeMissing(path: string): string | undefined {
  if (isThere(path)) return undefined;
  const first = makeMissing(dirname(path));
  mkdirSync(path);
  return first ?? path;
}

function inFolder<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw folderFailure(error, path);
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
