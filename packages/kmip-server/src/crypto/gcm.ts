import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from "node:crypto";
import { CryptoError } from "./error.ts";
import { KeyMaterial } from "./key-material.ts";

/** What AES-256-GCM works with beside the text: 32 bytes of key, 12 of nonce, and what is bound but not enciphered. */
export interface GcmParameters {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly associated: Uint8Array;
}

const algorithm = "aes-256-gcm";

// Without it Node takes a tag of 4 bytes for whole.
const options = { authTagLength: 16 };

/** Bytes that `encipher` adds. */
export const tagBytes = options.authTagLength;

/** Ciphertext and tag. */
export function encipher(plain: KeyMaterial, parameters: GcmParameters): Uint8Array {
  const cipher = createCipheriv(algorithm, keyOf(parameters), parameters.nonce, options);
  cipher.setAAD(parameters.associated);
  const ciphertext = plain.use((bytes) => cipher.update(bytes));
  cipher.final();
  return Buffer.concat([ciphertext, cipher.getAuthTag()]);
}

/**
 * What `encipher` was given.
 *
 * @param enciphered  at least the 16 bytes of the tag
 * @throws CryptoError `NotAuthentic` where any bit of anything differs
 */
export function decipher(enciphered: Uint8Array, parameters: GcmParameters): KeyMaterial {
  const end = enciphered.length - tagBytes;
  const cipher = createDecipheriv(algorithm, keyOf(parameters), parameters.nonce, options);
  cipher.setAAD(parameters.associated);
  cipher.setAuthTag(enciphered.subarray(end));
  const plain = cipher.update(enciphered.subarray(0, end));
  try {
    cipher.final();
    return KeyMaterial.copyOf(plain);
  } catch (cause) {
    throw new CryptoError("NotAuthentic", "the ciphertext was altered or belongs elsewhere", {
      cause,
    });
  } finally {
    plain.fill(0);
  }
}

/** As bytes the key would cost three times as much: Node 24 learns by an error of its own that they are no `KeyObject`. */
function keyOf({ key }: GcmParameters): KeyObject {
  return createSecretKey(key);
}
