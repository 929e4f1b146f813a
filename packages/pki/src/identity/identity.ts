import { createHash, X509Certificate } from "node:crypto";
import { childrenOf, type DerElement, derTags, endOf, need, readDer } from "./der.ts";
import { DerError } from "./error.ts";
import { readExtendedKeyUsage } from "./extensions.ts";
import { type DistinguishedName, readName, valuesOf } from "./name.ts";
import { readSerial, readValidity } from "./values.ts";

/** Who a certificate says its holder is, and for how long; every text is the certificate's own, unchanged. */
export interface Identity {
  /** Common Names of the subject, in order; a NUL in one is still in it. */
  readonly commonNames: readonly string[];
  /** Organizational Units of the subject, in order. */
  readonly organizationalUnits: readonly string[];
  /** Hexadecimal in capitals, as Node and OpenSSL print it. */
  readonly serial: string;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Object identifiers (`keyPurposes`); absent where the certificate does not limit its use. */
  readonly extendedKeyUsage?: readonly string[];
  /** Issued in its own name, and its signature is its own key's. */
  readonly selfSigned: boolean;
  /** SHA-256 of the DER, as Node and OpenSSL print it: capitals, a colon between two bytes. */
  readonly fingerprint256: string;
}

/**
 * Reads the identity out of a certificate's DER, never out of formatted text (CVE-2021-44532). Trust is not
 * judged here: no signature is checked but the certificate's own, and no date.
 *
 * @throws DerError for bytes that are not the DER of a certificate. RFC 5280 §4.1.
 */
export function readIdentity(certificate: Uint8Array | X509Certificate): Identity {
  const der = certificate instanceof X509Certificate ? certificate.raw : certificate;
  const fields = readFields(der);
  const issuer = readName(fields.issuer, "issuer");
  const subject = readName(fields.subject, "subject");
  const purposes = readExtendedKeyUsage(fields.extensions);
  return {
    commonNames: valuesOf(subject, "CN"),
    organizationalUnits: valuesOf(subject, "OU"),
    serial: readSerial(fields.serial),
    issuer,
    subject,
    ...readValidity(fields.validity),
    ...(purposes && { extendedKeyUsage: purposes }),
    selfSigned: Buffer.compare(issuer.der, subject.der) === 0 && isSignedByItself(der),
    fingerprint256: fingerprintOf(der),
  };
}

type Field = "serial" | "issuer" | "validity" | "subject" | "extensions";

function readFields(der: Uint8Array): Readonly<Record<Field, DerElement | undefined>> {
  const outer = childrenOf(need(readDer(der), derTags.sequence, "certificate"));
  const [body, algorithm, signature, more] = outer;
  need(algorithm, derTags.sequence, "signature algorithm");
  need(signature, derTags.bitString, "signature");
  endOf("certificate", more);
  const all = childrenOf(need(body, derTags.sequence, "body of a certificate"));
  const [serial, inner, issuer, validity, subject, key, ...rest] =
    all[0]?.tag === derTags.version ? all.slice(1) : all;
  need(inner, derTags.sequence, "signature algorithm");
  need(key, derTags.sequence, "public key");
  return { serial, issuer, validity, subject, extensions: extensionsOf(rest) };
}

const behindKey: readonly number[] = [
  derTags.issuerUniqueId,
  derTags.subjectUniqueId,
  derTags.extensions,
];

/** Behind the public key: identifiers that nobody writes any more, then the extensions; each once at most. */
function extensionsOf(rest: readonly DerElement[]): DerElement | undefined {
  let place = -1;
  for (const { tag, offset } of rest) {
    const next = behindKey.indexOf(tag);
    if (next <= place) throw new DerError("BadTag", offset, "body of a certificate out of order");
    place = next;
  }
  return rest.find(({ tag }) => tag === derTags.extensions);
}

function isSignedByItself(der: Uint8Array): boolean {
  try {
    const certificate = new X509Certificate(der);
    return certificate.verify(certificate.publicKey);
  } catch {
    // A key or algorithm that OpenSSL does not know has signed nothing that could be relied on.
    return false;
  }
}

function fingerprintOf(der: Uint8Array): string {
  const digits = createHash("sha256").update(der).digest("hex").toUpperCase();
  return digits.replace(/..(?=.)/g, "$&:");
}
