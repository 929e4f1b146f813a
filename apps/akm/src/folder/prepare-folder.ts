import { statSync } from "node:fs";
import { basename } from "node:path";
import { issuedFolder } from "../certificates/issued.ts";
import { newConfigText } from "../config/write-config.ts";
import { Failure } from "../failure.ts";
import { type DataFolder, entriesOf, isBegun } from "./data-folder.ts";
import { makeFolder, readIfThere, sweep, writeWhole } from "./files.ts";
import { type FolderLock, takeLock } from "./lock.ts";

/**
 * Makes the data folder ready to work in, and its own: a new one gets its folders and an `akm.conf`, a used one is
 * rid of what a dead process left.
 *
 * @throws Failure `folder`, `inUse`
 */
export function prepareFolder(folder: DataFolder, now: Date): FolderLock {
  refuseStrange(folder);
  // PostgreSQL, under another account where akm is root, has to pass through to its own folder.
  makeFolder(folder.root, 0o711);
  makeFolder(folder.run, 0o700);
  const lock = takeLock(folder.run, now);
  makeFolder(folder.certificates, 0o755);
  makeFolder(issuedFolder(folder.certificates), 0o755);
  sweep([folder.root, folder.run, folder.certificates, issuedFolder(folder.certificates)]);
  if (readIfThere(folder.configFile) === undefined) {
    writeWhole(folder.configFile, newConfigText(), 0o600);
  }
  return lock;
}

/** A folder that is full of something else, or another user's, is a mistake in `--data`. */
function refuseStrange(folder: DataFolder): void {
  const names = entriesOf(folder.root);
  if (names.length === 0) return;
  if (!isBegun(folder) && !names.includes(basename(folder.configFile))) {
    throw new Failure(
      "folder",
      `${folder.root}: it holds other things (${names[0]}): name an empty folder with --data`,
    );
  }
  const owner = statSync(folder.root).uid;
  if (owner !== process.getuid?.()) {
    throw new Failure(
      "folder",
      `${folder.root}: it belongs to user ${owner}: run akm as that user`,
    );
  }
}
