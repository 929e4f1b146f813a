import { createHmac } from "node:crypto";
import { digest } from "./digest.ts";
import { CryptoError } from "./error.ts";
import { decipher, encipher, tagBytes } from "./gcm.ts";
import { equalBytes, KeyMaterial } from "./key-material.ts";
import { lengthPrefixed, uint32 } from "./length-prefixed.ts";
import type { Randomness } from "./randomness.ts";

/** What a wrapped key is for; it unwraps for nothing else. */
export interface WrapContext {
  readonly installId: Uint8Array;
  readonly purpose: string;
  /** 0 for a key that is of no epoch. */
  readonly epoch: number;
}

const keyBytes = 32;
const nonceBytes = 12;

/** Length of a wrapped key. */
export const wrappedBytes = nonceBytes + 2 * keyBytes + tagBytes;

/**
 * Wraps a key of 32 bytes under the master key: nonce (12), ciphertext (64), tag (16). With the key its context's
 * hash is enciphered, so that it would be bound also by a provider that authenticates nothing beside the text.
 */
export function wrapKey(
  key: KeyMaterial,
  request: { masterKey: KeyMaterial; context: WrapContext; randomness: Randomness },
): Uint8Array {
  const { masterKey, randomness } = request;
  const associated = writeContext(request.context);
  const nonce = randomness(nonceBytes);
  const payload = key.use((bytes) => KeyMaterial.take(Buffer.concat([bytes, digest(associated)])));
  try {
    const wrapped = masterKey.use((bytes) => encipher(payload, { key: bytes, nonce, associated }));
    return Buffer.concat([nonce, wrapped]);
  } finally {
    payload.wipe();
  }
}

/**
 * Unwraps a key; the caller owns it.
 *
 * @param wrapped  `wrappedBytes` bytes
 * @throws CryptoError `NotAuthentic` for another master key or context, and for any altered bit
 */
export function unwrapKey(
  wrapped: Uint8Array,
  { masterKey, context }: { masterKey: KeyMaterial; context: WrapContext },
): KeyMaterial {
  const associated = writeContext(context);
  const nonce = wrapped.subarray(0, nonceBytes);
  const payload = masterKey.use((key) =>
    decipher(wrapped.subarray(nonceBytes), { key, nonce, associated }),
  );
  try {
    return payload.use((bytes) => takeKey(bytes, digest(associated)));
  } finally {
    payload.wipe();
  }
}

/** Eight bytes by which two holders of a key can see that it is the same one. */
export function keyCheckValue(key: KeyMaterial): Uint8Array {
  return key.use((bytes) => createHmac("sha256", bytes).update("akm/kcv").digest()).subarray(0, 8);
}

function takeKey(payload: Uint8Array, contextHash: Uint8Array): KeyMaterial {
  if (!equalBytes(payload.subarray(keyBytes), contextHash)) {
    throw new CryptoError("NotAuthentic", "a wrapped key is of another context");
  }
  return KeyMaterial.copyOf(payload.subarray(0, keyBytes));
}

function writeContext({ installId, purpose, epoch }: WrapContext): Uint8Array {
  return lengthPrefixed("akm/kek/v1", installId, purpose, uint32(epoch));
}
