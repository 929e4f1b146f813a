import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
  writeSync,
} from "node:fs";
import { dirname, sep } from "node:path";
import { CryptoError } from "./error.ts";
import { KeyMaterial } from "./key-material.ts";
import type { Randomness } from "./randomness.ts";

const keyBytes = 32;

/**
 * Reads the master key: a regular file of 32 raw bytes that only its owner can read.
 *
 * @param databaseFolder  must not hold the file: whoever copies the database would have its key too
 * @throws CryptoError `BadMasterKeyFile` with what is wrong and how to mend it
 */
export function readMasterKey(path: string, databaseFolder?: string): KeyMaterial {
  // A pipe would block the open for ever without O_NONBLOCK.
  const file = openFile(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const why =
      masterKeyRefusal(fstatSync(file), process.getuid?.()) ?? placeRefusal(path, databaseFolder);
    if (why !== undefined) throw refuse(path, why);
    return readKey(path, file);
  } finally {
    closeSync(file);
  }
}

/**
 * Makes a new master key; when this returns, file and folder entry are on the disk.
 *
 * @throws CryptoError `BadMasterKeyFile` where the file is there already or cannot be made
 */
export function createMasterKey(path: string, randomness: Randomness): void {
  const file = openFile(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL);
  const bytes = randomness(keyBytes);
  try {
    writeSync(file, bytes);
    fsyncSync(file);
  } finally {
    bytes.fill(0);
    closeSync(file);
  }
  syncFolder(dirname(path));
}

/** Why a file with this status cannot be trusted with the master key, and the mend; `undefined` where it can. */
export function masterKeyRefusal(
  status: Pick<Stats, "isFile" | "uid" | "mode">,
  ownUid: number | undefined,
): string | undefined {
  if (!status.isFile()) return "it is not a regular file: name the file itself";
  if (status.uid !== 0 && status.uid !== ownUid) {
    return `it belongs to user ${status.uid}, who could change it: chown it to the server's user`;
  }
  if ((status.mode & 0o077) !== 0) {
    const mode = (status.mode & 0o777).toString(8).padStart(4, "0");
    return `its mode ${mode} lets others at it: chmod it to 0600`;
  }
  return undefined;
}

function placeRefusal(path: string, databaseFolder: string | undefined): string | undefined {
  if (databaseFolder === undefined) return undefined;
  const folder = realpathSync(databaseFolder) + sep;
  if (!`${realpathSync(dirname(path))}${sep}`.startsWith(folder)) return undefined;
  return `it lies in the database's folder ${databaseFolder}, and so in its backups: move it out`;
}

function readKey(path: string, file: number): KeyMaterial {
  // One byte more than a key has, so that a longer file shows.
  const bytes = Buffer.allocUnsafeSlow(keyBytes + 1);
  try {
    const length = readSync(file, bytes);
    if (length === keyBytes) return KeyMaterial.copyOf(bytes.subarray(0, keyBytes));
    const found = length > keyBytes ? "more" : length;
    throw refuse(
      path,
      `it has to hold ${keyBytes} bytes and holds ${found}: restore it from its copy`,
    );
  } finally {
    bytes.fill(0);
  }
}

const mends: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file: restore it from its copy, or name the right one",
  ELOOP: "it is a symbolic link: name the file itself",
  EACCES: "it may not be opened: give it to the server's user",
  EEXIST: "there is a file already, which is left as it is: name another one",
};

function openFile(path: string, flags: number): number {
  try {
    return openSync(path, flags, 0o600);
  } catch (cause) {
    const { code = "", message } = cause as NodeJS.ErrnoException;
    throw refuse(path, mends[code] ?? message, { cause });
  }
}

function refuse(path: string, why: string, options?: ErrorOptions): CryptoError {
  return new CryptoError("BadMasterKeyFile", `master key ${path}: ${why}`, options);
}

function syncFolder(path: string): void {
  const folder = openSync(path, constants.O_RDONLY);
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
