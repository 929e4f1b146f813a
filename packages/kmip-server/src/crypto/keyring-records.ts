import type { StoredRecord } from "@akm/store";
import { CryptoError } from "./error.ts";
import { equalBytes, type KeyMaterial } from "./key-material.ts";
import { keyCheckValue, unwrapKey, wrapKey, wrappedBytes } from "./key-wrap.ts";
import { lengthPrefixed, splitLengthPrefixed, uint32 } from "./length-prefixed.ts";
import type { Randomness } from "./randomness.ts";

/** The keys that everything else is derived from; whoever holds them wipes them. */
export interface KeyringSecrets {
  readonly installId: Uint8Array;
  readonly active: number;
  /** 32 bytes each, by epoch from 1. */
  readonly epochKeys: ReadonlyMap<number, KeyMaterial>;
  /** 32 bytes; the same through all epochs. */
  readonly indexKey: KeyMaterial;
}

/** Length of an installation's identifier. */
export const installIdBytes = 16;

/** Where an epoch is asked for, of the index key, which has none. */
const noEpoch = 0;
const installRecord = "install";
const label = Buffer.from("akm/keyring/v1");

/** A record's body under its name. */
export type NamedBody = Pick<StoredRecord, "id" | "body">;

/**
 * The bodies of a keyring's records: `install` (install id, active epoch, check value of the master key), and for
 * each key its epoch, check value and wrapped bytes.
 */
export function writeBodies(
  { installId, active, epochKeys, indexKey }: KeyringSecrets,
  wrapping: { masterKey: KeyMaterial; randomness: Randomness },
): readonly NamedBody[] {
  const install = [installId, uint32(active), keyCheckValue(wrapping.masterKey)];
  const writeKey = ([epoch, key]: readonly [number, KeyMaterial]): NamedBody => {
    const context = { installId, purpose: purposeOf(epoch), epoch };
    const parts = [uint32(epoch), keyCheckValue(key), wrapKey(key, { ...wrapping, context })];
    return { id: nameOf(epoch), body: lengthPrefixed(label, ...parts) };
  };
  return [
    { id: installRecord, body: lengthPrefixed(label, ...install) },
    writeKey([noEpoch, indexKey]),
    ...[...epochKeys].map(writeKey),
  ];
}

/**
 * The keys that the records hold.
 *
 * @throws CryptoError `WrongMasterKey`, `BadRecord`, `NotAuthentic`
 */
export function readSecrets(
  records: readonly StoredRecord[],
  masterKey: KeyMaterial,
): KeyringSecrets {
  const { installId, active } = readInstall(records, masterKey);
  const keys = new Map<number, KeyMaterial>();
  try {
    for (const record of records.filter(({ id }) => id !== installRecord)) {
      const { epoch, key } = readKey(record, { masterKey, installId });
      keys.set(epoch, key);
    }
    const indexKey = keys.get(noEpoch);
    if (indexKey === undefined) throw new CryptoError("BadRecord", "the keyring has no index key");
    keys.delete(noEpoch);
    return { installId, active, epochKeys: keys, indexKey };
  } catch (error) {
    for (const key of keys.values()) key.wipe();
    throw error;
  }
}

function readInstall(records: readonly StoredRecord[], masterKey: KeyMaterial) {
  const record = records.find(({ id }) => id === installRecord);
  if (record === undefined) throw new CryptoError("BadRecord", "the keyring has no install record");
  const [installId, active, checkValue] = readParts(record, [installIdBytes, 4, 8]);
  const given = keyCheckValue(masterKey);
  if (!equalBytes(checkValue, given)) {
    throw new CryptoError(
      "WrongMasterKey",
      `this is not the master key that the keyring was made with: its check value is ${hex(given)}, not ${hex(checkValue)}`,
    );
  }
  return { installId, active: readUint32(active) };
}

function readKey(
  record: StoredRecord,
  { masterKey, installId }: { masterKey: KeyMaterial; installId: Uint8Array },
): { epoch: number; key: KeyMaterial } {
  const [epochBytes, checkValue, wrapped] = readParts(record, [4, 8, wrappedBytes]);
  const epoch = readUint32(epochBytes);
  if (record.id !== nameOf(epoch)) {
    throw new CryptoError(
      "BadRecord",
      `keyring record ${record.id} holds the key of ${nameOf(epoch)}`,
    );
  }
  const context = { installId, purpose: purposeOf(epoch), epoch };
  const key = unwrapKey(wrapped, { masterKey, context });
  if (equalBytes(checkValue, keyCheckValue(key))) return { epoch, key };
  key.wipe();
  throw new CryptoError(
    "NotAuthentic",
    `keyring record ${record.id} has another key's check value`,
  );
}

/** The parts of a record behind its label, each of the length that it has to have. */
function readParts<const Lengths extends readonly number[]>(
  { id, body }: StoredRecord,
  lengths: Lengths,
): { readonly [Index in keyof Lengths]: Uint8Array } {
  const parts = splitLengthPrefixed(body);
  const wanted = [label.length, ...lengths];
  const fits =
    parts.length === wanted.length && parts.every((part, index) => part.length === wanted[index]);
  if (!fits || !label.equals(body.subarray(4, 4 + label.length))) {
    throw new CryptoError("BadRecord", `keyring record ${id} is not of the form ${label}`);
  }
  return parts.slice(1) as { readonly [Index in keyof Lengths]: Uint8Array } & Uint8Array[];
}

function purposeOf(epoch: number): string {
  return epoch === noEpoch ? "index" : "epoch";
}

function nameOf(epoch: number): string {
  return epoch === noEpoch ? "index" : `epoch/${epoch}`;
}

function readUint32(bytes: Uint8Array): number {
  return Buffer.from(bytes).readUInt32BE();
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
