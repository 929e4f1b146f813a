import { createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { KeyMaterial } from "./key-material.ts";

/** The keys of one epoch. Node holds them outside the heap and shows nothing of them. */
export interface EpochKeys {
  /** From 1, at most 2^32 − 1. */
  readonly epoch: number;
  /** 16 bytes that tell this installation from every other; bound into whatever the keys make. */
  readonly installId: Uint8Array;
  /** Source of the keys that seal, one for each blob. */
  readonly seal: KeyObject;
  /** For the MACs of rows. */
  readonly row: KeyObject;
  /** For the chain of audit records. */
  readonly audit: KeyObject;
}

/** The keys of an installation while its server runs. */
export interface Keyring {
  readonly installId: Uint8Array;
  /** The epoch that seals and stamps. */
  readonly active: EpochKeys;
  /** Every epoch that can still be opened, the active one among them. */
  readonly epochs: ReadonlyMap<number, EpochKeys>;
  /** For search terms. */
  readonly index: KeyObject;
}

/** Which installation and epoch a key is of. */
export interface EpochName {
  readonly installId: Uint8Array;
  readonly epoch: number;
}

/** Derives the keys of an epoch from its 32 random bytes (HKDF with SHA-256, a label for each purpose). */
export function deriveEpochKeys(epochKey: KeyMaterial, { installId, epoch }: EpochName): EpochKeys {
  return {
    epoch,
    installId,
    seal: derive(epochKey, installId, "akm/v1/seal"),
    row: derive(epochKey, installId, "akm/v1/row"),
    audit: derive(epochKey, installId, "akm/v1/audit"),
  };
}

/** Derives the key of the search terms, which stays the same through all epochs. */
export function deriveIndexKey(indexKey: KeyMaterial, installId: Uint8Array): KeyObject {
  return derive(indexKey, installId, "akm/v1/index");
}

function derive(source: KeyMaterial, installId: Uint8Array, label: string): KeyObject {
  const derived = source.use((bytes) => hkdfSync("sha256", bytes, installId, label, 32));
  const key = KeyMaterial.take(new Uint8Array(derived));
  try {
    return key.use((bytes) => createSecretKey(bytes));
  } finally {
    key.wipe();
  }
}
