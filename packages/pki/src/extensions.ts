import type { Extension, JsonGeneralName } from "@peculiar/x509";
import type { X509Library } from "./library.ts";

/** What a certificate says beside its subject: all that RFC 5280 §4.2 lists and akm writes. */
export interface CertificateExtensions {
  /** The key may sign certificates and revocation lists, and does nothing else. */
  readonly isAuthority?: boolean;
  /** For ciphers without forward secrecy, RSA only. */
  readonly enciphersKeys?: boolean;
  /** Object identifiers for Extended Key Usage; none: the extension is left out. */
  readonly purposes?: readonly string[];
  readonly alternativeNames?: readonly JsonGeneralName[];
}

/** The extensions as the library's objects; the key identifiers come beside them. */
export function writeExtensions(
  x509: X509Library,
  { isAuthority, enciphersKeys, purposes = [], alternativeNames = [] }: CertificateExtensions,
): readonly Extension[] {
  const flags = x509.KeyUsageFlags;
  const usage = isAuthority
    ? flags.keyCertSign | flags.cRLSign
    : flags.digitalSignature | (enciphersKeys ? flags.keyEncipherment : 0);
  return [
    isAuthority
      ? new x509.BasicConstraintsExtension(true, 0, true)
      : new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(usage, true),
    ...(purposes.length > 0 ? [new x509.ExtendedKeyUsageExtension([...purposes])] : []),
    ...(alternativeNames.length > 0
      ? [new x509.SubjectAlternativeNameExtension([...alternativeNames])]
      : []),
  ];
}
