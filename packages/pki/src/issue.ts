import type { Name, X509Certificate } from "@peculiar/x509";
import { type CertificateExtensions, writeExtensions } from "./extensions.ts";
import {
  type CertifiedKey,
  createKeys,
  type KeyAlgorithm,
  openSigningKey,
  toKeyPem,
} from "./keys.ts";
import { loadX509, toPem, type X509Library } from "./library.ts";
import { type SubjectPart, writeName } from "./subject.ts";
import type { Validity } from "./validity.ts";

/** A certificate in its parts, none of which is checked. */
export interface IssueRequest {
  readonly subject: readonly SubjectPart[];
  readonly validity: Validity;
  readonly extensions: CertificateExtensions;
  /** `P-256` where it is not said. */
  readonly algorithm?: KeyAlgorithm;
  readonly signer: CertifiedKey | "self";
}

/**
 * Makes a key, and a certificate for it with a random serial number of 128 bits. Everything that issues goes
 * through here; what may be asked for is decided by the callers.
 */
export async function issue(request: IssueRequest): Promise<CertifiedKey> {
  const x509 = await loadX509();
  const keys = await createKeys(request.algorithm ?? "P-256");
  const subject = writeName(x509, request.subject);
  const signer = request.signer === "self" ? undefined : openSigner(x509, request.signer);
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    issuer: signer?.name ?? subject,
    ...request.validity,
    publicKey: keys.publicKey,
    signingKey: signer?.key ?? keys.privateKey,
    extensions: [
      ...writeExtensions(x509, request.extensions),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ...(signer ? [await authorityKeyIdentifier(x509, signer)] : []),
    ],
  });
  return {
    certificatePem: toPem(x509, certificate, "CERTIFICATE"),
    keyPem: toKeyPem(keys.privateKey),
  };
}

/** An issuer, opened: its name as it is written in its certificate, and the key to sign with. */
export interface Signer {
  readonly name: Name;
  readonly certificate: X509Certificate;
  readonly key: ReturnType<typeof openSigningKey>;
}

/** Opens an issuer. */
export function openSigner(x509: X509Library, authority: CertifiedKey): Signer {
  const certificate = new x509.X509Certificate(authority.certificatePem);
  return { certificate, name: certificate.subjectName, key: openSigningKey(authority.keyPem) };
}

/** The extension by which a certificate or list names the key that signed it. RFC 5280 §4.2.1.1. */
export function authorityKeyIdentifier(x509: X509Library, { certificate }: Signer) {
  return x509.AuthorityKeyIdentifierExtension.create(certificate.publicKey);
}
