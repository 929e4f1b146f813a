import { createHash } from "node:crypto";
import {
  KeyMaterial,
  type Keyring,
  openKeyring,
  type Randomness,
  type Sealed,
  type SealIdentity,
  seal,
  writeKeyring,
} from "../../src/crypto/index.ts";

/** Bytes from hexadecimal digits. */
export function hex(digits: string): Buffer {
  return Buffer.from(digits, "hex");
}

/** `count` bytes that rise from `first`. */
export function rising(first: number, count: number): Buffer {
  return Buffer.from(Array.from({ length: count }, (_, index) => first + index));
}

/** A source that repeats itself from one test run to the next. */
export function randomnessOf(seed: string): Randomness {
  let calls = 0;
  return (bytes) => {
    calls += 1;
    const hash = createHash("shake256", { outputLength: bytes });
    return new Uint8Array(hash.update(`${seed} ${calls}`).digest());
  };
}

export const masterKey = KeyMaterial.copyOf(rising(0x40, 32));

/** A keyring with these epoch keys, opened; the last epoch is active. */
export function keyringOf(epochKeys: ReadonlyMap<number, Uint8Array>): Keyring {
  const secrets = {
    installId: rising(0x10, 16),
    active: Math.max(...epochKeys.keys()),
    epochKeys: new Map([...epochKeys].map(([epoch, key]) => [epoch, KeyMaterial.copyOf(key)])),
    indexKey: KeyMaterial.copyOf(rising(0x60, 32)),
  };
  const wrapping = { masterKey, randomness: randomnessOf("wrapping") };
  return openKeyring(writeKeyring(secrets, wrapping), masterKey);
}

/** The design's vector: a keyring with epoch 7, the object, its payload and what sealing draws. */
export const vector = {
  keyring: keyringOf(new Map([[7, rising(0, 32)]])),
  identity: {
    id: "iiX1WZ/GQs9I7nUs0VDbjwAA",
    objectType: 2,
    keyFormat: 1,
    algorithm: 3,
    length: 128,
    payloadVersion: 1,
  } satisfies SealIdentity,
  payload: rising(0, 16),
  randomness: ((bytes) => new Uint8Array(bytes).fill(bytes === 32 ? 0xa5 : 0x5a)) as Randomness,
};

/** The vector's blob. */
export function sealVector(): Sealed {
  const { keyring, identity, payload, randomness } = vector;
  return seal(KeyMaterial.copyOf(payload), { keys: keyring.active, identity, randomness });
}
