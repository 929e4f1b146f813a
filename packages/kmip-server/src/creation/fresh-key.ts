import { KmipError } from "@akm/kmip-model";
import { KeyMaterial, type Randomness } from "../crypto/index.ts";

/**
 * A key of this many random bytes.
 *
 * @throws KmipError `CryptographicFailure` where there is no randomness to be had. KMIP 1.1 §11.2, §11.5
 */
export function freshKey(randomness: Randomness, bytes: number): KeyMaterial {
  try {
    return KeyMaterial.take(randomness(bytes));
  } catch (cause) {
    throw new KmipError("CryptographicFailure", "no random bytes for a key", { cause });
  }
}
