import {
  CryptoError,
  createKeyring,
  createMasterKey,
  type Keyring,
  openKeyring,
  readMasterKey,
  systemRandomness,
} from "@akm/kmip-server";
import type { Store, StoredRecord } from "@akm/store";
import { Failure } from "../failure.ts";
import type { DataFolder } from "../folder/data-folder.ts";
import { isThere, makeWhole } from "../folder/files.ts";

/**
 * Opens the keyring that the store holds with the master key. An empty store gets a new keyring; the master key is
 * made only then, so that a lost one is never replaced by one that opens nothing.
 *
 * @throws Failure `masterKey`
 */
export async function openOrMakeKeyring(store: Store, folder: DataFolder): Promise<Keyring> {
  try {
    const records = await store.readRecords("keyring");
    if (records.length > 0) return openKeyring(records, readKey(folder));
    if (!isThere(folder.masterKey)) {
      makeWhole(folder.masterKey, (passing) => createMasterKey(passing, systemRandomness));
    }
    return openKeyring(await makeKeyring(store, folder), readKey(folder));
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error;
    throw new Failure("masterKey", mended(error, folder), { cause: error });
  }
}

/** Where two servers begin on one database, the first one's keyring stands. */
async function makeKeyring(store: Store, folder: DataFolder): Promise<readonly StoredRecord[]> {
  const made = createKeyring(readKey(folder), systemRandomness);
  const outcome = await store.commit({ putRecords: made, audit: [] });
  if (outcome.outcome === "failed" || outcome.outcome === "unknown") throw outcome.error;
  return store.readRecords("keyring");
}

function readKey({ masterKey, database }: DataFolder) {
  return readMasterKey(masterKey, isThere(database) ? database : undefined);
}

function mended({ code, message }: CryptoError, { masterKey }: DataFolder): string {
  if (code === "BadMasterKeyFile") return message;
  if (code === "WrongMasterKey") return `${masterKey}: ${message}: put the right one there`;
  return `the database's keyring cannot be opened: ${message}: restore the database from its backup`;
}
