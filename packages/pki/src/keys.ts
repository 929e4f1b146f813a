import { createPrivateKey, KeyObject, type webcrypto } from "node:crypto";
import { PkiError } from "./error.ts";

/** What key a certificate is made for. RSA is for peers that cannot do elliptic curves. */
export type KeyAlgorithm = "P-256" | "RSA-2048";

/** A certificate and its private key (PKCS #8), both as PEM. The private key is not encrypted. */
export interface CertifiedKey {
  readonly certificatePem: string;
  readonly keyPem: string;
}

const parameters = {
  "P-256": { name: "ECDSA", namedCurve: "P-256" },
  "RSA-2048": {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
  },
} as const;

/** Makes a pair of keys that can be written out. */
export function createKeys(algorithm: KeyAlgorithm): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(parameters[algorithm], true, ["sign", "verify"]);
}

/** A private key as PEM. */
export function toKeyPem(key: webcrypto.CryptoKey): string {
  return KeyObject.from(key).export({ type: "pkcs8", format: "pem" }).toString();
}

/**
 * Opens an authority's private key, RSA of any length or P-256, for signing with SHA-256.
 *
 * @throws PkiError for a key of another kind
 */
export function openSigningKey(keyPem: string): webcrypto.CryptoKey {
  const key = createPrivateKey(keyPem);
  const kind = key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType;
  if (kind === "rsa") return key.toCryptoKey(parameters["RSA-2048"], false, ["sign"]);
  if (kind === "prime256v1") return key.toCryptoKey(parameters["P-256"], false, ["sign"]);
  throw new PkiError("authority", kind, "is no kind of key that can sign here: P-256 and RSA can");
}
