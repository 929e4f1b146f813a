import type { StoredRecord } from "@akm/store";
import { deriveEpochKeys, deriveIndexKey, type EpochKeys, type Keyring } from "./epoch-keys.ts";
import { CryptoError } from "./error.ts";
import { KeyMaterial } from "./key-material.ts";
import {
  installIdBytes,
  type KeyringSecrets,
  readSecrets,
  writeBodies,
} from "./keyring-records.ts";
import type { Randomness } from "./randomness.ts";
import { checkRow, stampRow } from "./row-mac.ts";

/** The records that a new installation keeps: fresh keys under the master key, epoch 1 active. */
export function createKeyring(
  masterKey: KeyMaterial,
  randomness: Randomness,
): readonly StoredRecord[] {
  const secrets: KeyringSecrets = {
    installId: randomness(installIdBytes),
    active: 1,
    epochKeys: new Map([[1, KeyMaterial.take(randomness(32))]]),
    indexKey: KeyMaterial.take(randomness(32)),
  };
  return writeKeyring(secrets, { masterKey, randomness });
}

/** The records for these keys, wrapped under the master key and under the MAC of the active epoch. Wipes the keys. */
export function writeKeyring(
  secrets: KeyringSecrets,
  wrapping: { masterKey: KeyMaterial; randomness: Randomness },
): readonly StoredRecord[] {
  try {
    const bodies = writeBodies(secrets, wrapping);
    const keyring = derive(secrets);
    return bodies.map((row) =>
      stampRow("record", { kind: "keyring", version: 1, ...row }, keyring),
    );
  } finally {
    wipe(secrets);
  }
}

/**
 * Opens the keyring that the store holds.
 *
 * @throws CryptoError `WrongMasterKey`, or `BadRecord`, `UnknownEpoch`, `NotAuthentic` for records that are not as they were written
 */
export function openKeyring(records: readonly StoredRecord[], masterKey: KeyMaterial): Keyring {
  const secrets = readSecrets(records, masterKey);
  try {
    const keyring = derive(secrets);
    for (const record of records) checkRow("record", record, keyring);
    return keyring;
  } finally {
    wipe(secrets);
  }
}

function derive({ installId, active, epochKeys, indexKey }: KeyringSecrets): Keyring {
  const epochs = new Map<number, EpochKeys>();
  for (const [epoch, key] of epochKeys) {
    epochs.set(epoch, deriveEpochKeys(key, { installId, epoch }));
  }
  const keys = epochs.get(active);
  if (keys === undefined) {
    throw new CryptoError("UnknownEpoch", `no key of the active epoch ${active}`);
  }
  return { installId, active: keys, epochs, index: deriveIndexKey(indexKey, installId) };
}

function wipe({ epochKeys, indexKey }: KeyringSecrets): void {
  for (const key of epochKeys.values()) key.wipe();
  indexKey.wipe();
}
