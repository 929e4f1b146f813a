import { constants, createPrivateKey, X509Certificate } from "node:crypto";
import type { TlsOptions } from "node:tls";
import type { TrustEntry } from "./trust.ts";

/** A certificate of the server and its key, both PEM; behind the certificate those of intermediate authorities. */
export interface ServerCertificate {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** What the listener's TLS is made of. */
export interface TlsMaterial {
  /** One for each kind of key, P-256 and RSA: each client gets the one that it understands. */
  readonly certificates: readonly ServerCertificate[];
  readonly trust: readonly TrustEntry[];
  /** Also offer TLS 1.2 with RSA key exchange and CBC, which KMIP's own profiles name and some old clients need. */
  readonly legacyCiphers?: boolean;
}

const ciphers: readonly string[] = [
  "TLS_AES_256_GCM_SHA384",
  "TLS_CHACHA20_POLY1305_SHA256",
  "TLS_AES_128_GCM_SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-CHACHA20-POLY1305",
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256",
];

const legacy: readonly string[] = ["AES256-SHA256", "AES128-SHA256"];

/**
 * Node's options for the listener. Every client gets through the handshake, whatever its certificate: only then can
 * the refusal be put into words. Revocation is not left to OpenSSL, which would demand a list of every authority
 * and does not look at a resumed session again.
 *
 * @throws Error naming the certificate that cannot be read or whose key is another's
 */
export function tlsOptionsOf({ certificates, trust, legacyCiphers }: TlsMaterial): TlsOptions {
  if (certificates.length === 0) throw new Error("no certificate to serve with");
  certificates.forEach(checkPair);
  return {
    cert: certificates.map(({ certificatePem }) => certificatePem),
    key: certificates.map(({ keyPem }) => keyPem),
    ca: trust.map(({ certificatePem }) => certificatePem),
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: "TLSv1.2",
    maxVersion: "TLSv1.3",
    ciphers: [...ciphers, ...(legacyCiphers ? legacy : [])].join(":"),
    honorCipherOrder: true,
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
    noDelay: true,
  };
}

/** OpenSSL takes a key of another kind without a word, and then no client gets through. */
function checkPair({ certificatePem, keyPem }: ServerCertificate, index: number): void {
  try {
    const certificate = new X509Certificate(certificatePem);
    if (certificate.checkPrivateKey(createPrivateKey(keyPem))) return;
  } catch (cause) {
    throw new Error(`certificates[${index}] cannot be read`, { cause });
  }
  throw new Error(`certificates[${index}] has the key of another certificate`);
}
