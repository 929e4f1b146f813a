import { hkdfSync } from "node:crypto";
import { digest } from "./digest.ts";
import type { EpochKeys, Keyring } from "./epoch-keys.ts";
import { CryptoError } from "./error.ts";
import { decipher, encipher, type GcmParameters, tagBytes } from "./gcm.ts";
import { equalBytes, type KeyMaterial } from "./key-material.ts";
import { LengthPrefixedWriter } from "./length-prefixed.ts";
import type { Randomness } from "./randomness.ts";

declare const sealedBrand: unique symbol;

/**
 * Sealed key material, suite 1: "AKS1", suite, flags, epoch (4), salt (32), nonce (12), commitment (32),
 * ciphertext, tag (16). Only `seal` makes one, so plaintext cannot stand where this type is asked for.
 */
export type Sealed = Uint8Array & { readonly [sealedBrand]: true };

/** The facts of an object that never change; a blob opens for these alone. Numbers are KMIP's codes, 0 to 2^32 − 1. */
export interface SealIdentity {
  /** Unique Identifier. */
  readonly id: string;
  readonly objectType: number;
  readonly keyFormat: number;
  readonly algorithm: number;
  /** In bits. */
  readonly length: number;
  readonly payloadVersion: number;
}

const magic = Buffer.from("AKS1");
const suite = 1;
const flags = 0;
const at = { suite: 4, flags: 5, epoch: 6, salt: 10, nonce: 42, commitment: 54, ciphertext: 86 };
const overheadBytes = at.ciphertext + tagBytes;
const infoPrefix = Buffer.from("akm/v1/obj\0");

/** Seals `payload` for an object, under a key of its own that is derived from the epoch's and 32 random bytes. */
export function seal(
  payload: KeyMaterial,
  request: { keys: EpochKeys; identity: SealIdentity; randomness: Randomness },
): Sealed {
  const { keys, identity, randomness } = request;
  const blob = Buffer.allocUnsafeSlow(overheadBytes + payload.length);
  blob.set(magic);
  blob[at.suite] = suite;
  blob[at.flags] = flags;
  blob.writeUInt32BE(keys.epoch, at.epoch);
  blob.set(randomness(32), at.salt);
  blob.set(randomness(12), at.nonce);
  withRecordKey(blob, { keys, identity }, (commitment, parameters) => {
    blob.set(commitment, at.commitment);
    blob.set(encipher(payload, parameters), at.ciphertext);
  });
  return blob as Uint8Array as Sealed;
}

/**
 * Opens a blob; the caller owns the material and wipes it.
 *
 * @throws CryptoError `BadBlob`, `UnknownEpoch`, or `NotAuthentic` for another object's blob and for any altered bit
 */
export function open(
  blob: Uint8Array,
  { keyring, identity }: { keyring: Keyring; identity: SealIdentity },
): KeyMaterial {
  const keys = keysOf(blob, keyring);
  return withRecordKey(blob, { keys, identity }, (commitment, parameters) => {
    // First, because GCM alone lets one ciphertext open under two keys.
    if (!equalBytes(commitment, blob.subarray(at.commitment, at.ciphertext))) {
      throw new CryptoError(
        "NotAuthentic",
        `the sealed key of ${identity.id} was altered or is another object's`,
      );
    }
    return decipher(blob.subarray(at.ciphertext), parameters);
  });
}

function keysOf(blob: Uint8Array, keyring: Keyring): EpochKeys {
  const epoch = epochOf(blob);
  const keys = keyring.epochs.get(epoch);
  if (keys === undefined) {
    throw new CryptoError("UnknownEpoch", `sealed in epoch ${epoch}, of which there is no key`);
  }
  return keys;
}

function epochOf(blob: Uint8Array): number {
  const { length } = blob;
  if (length < overheadBytes) {
    throw new CryptoError("BadBlob", `${length} bytes are too few to be sealed`);
  }
  if (magic.some((byte, index) => blob[index] !== byte)) {
    throw new CryptoError("BadBlob", "no AKS1 in front of a sealed key");
  }
  if (blob[at.suite] !== suite || blob[at.flags] !== flags) {
    throw new CryptoError("BadBlob", `suite ${blob[at.suite]}, flags ${blob[at.flags]}: not known`);
  }
  return blob.subarray(at.epoch, at.salt).reduce((number, byte) => number * 256 + byte, 0);
}

/** Derives a blob's own key and commitment from its salt and the object's identity, and wipes them after `work`. */
function withRecordKey<Result>(
  blob: Uint8Array,
  { keys, identity }: { keys: EpochKeys; identity: SealIdentity },
  work: (commitment: Uint8Array, parameters: GcmParameters) => Result,
): Result {
  const identityHash = hashIdentity(keys.installId, identity);
  const salt = blob.subarray(at.salt, at.nonce);
  const derived = new Uint8Array(
    hkdfSync("sha256", keys.seal, salt, infoOf(identityHash), derivedBytes),
  );
  try {
    return work(derived.subarray(32), {
      key: derived.subarray(0, 32),
      nonce: blob.subarray(at.nonce, at.commitment),
      associated: associatedOf(blob, identityHash),
    });
  } finally {
    derived.fill(0);
  }
}

const derivedBytes = 64;
const hashBytes = 32;

// Both are used up before the next blob comes: memory of their own would have to be made for each.
const info = Buffer.alloc(infoPrefix.length + hashBytes);
info.set(infoPrefix);
const associated = Buffer.alloc(at.commitment + hashBytes);

function infoOf(identityHash: Uint8Array): Uint8Array {
  info.set(identityHash, infoPrefix.length);
  return info;
}

/** The blob's head and the identity: what is bound, but not enciphered. */
function associatedOf(blob: Uint8Array, identityHash: Uint8Array): Uint8Array {
  for (let index = 0; index < at.commitment; index++) associated[index] = blob[index] as number;
  associated.set(identityHash, at.commitment);
  return associated;
}

const fields = new LengthPrefixedWriter();

function hashIdentity(installId: Uint8Array, identity: SealIdentity): Uint8Array {
  const { id, objectType, keyFormat, algorithm, length, payloadVersion } = identity;
  fields.begin().part("akm/obj/v1").part(installId).part(id);
  for (const number of [objectType, keyFormat, algorithm, length, payloadVersion])
    fields.uint32(number);
  return digest(fields.written());
}
