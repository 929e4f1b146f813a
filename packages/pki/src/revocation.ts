import { authorityKeyIdentifier, openSigner } from "./issue.ts";
import type { CertifiedKey } from "./keys.ts";
import { loadX509, toPem, type X509Library } from "./library.ts";
import { validityOf } from "./validity.ts";

/** Why a certificate is revoked, with the code that stands in the list. RFC 5280 §5.3.1. */
export const revocationReasons = {
  keyCompromise: 1,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  privilegeWithdrawn: 9,
} as const;

/** A certificate that is no longer good. */
export interface Revoked {
  /** Hexadecimal, as `Identity.serial` has it. */
  readonly serial: string;
  readonly at: Date;
  readonly reason?: keyof typeof revocationReasons;
}

/** What `createRevocationList` wants to know. */
export interface RevocationRequest {
  readonly authority: CertifiedKey;
  readonly revoked: readonly Revoked[];
  readonly now: Date;
  /** After so many days the list counts as outdated, and clients may refuse every certificate. */
  readonly days: number;
}

/** Makes a revocation list as PEM; its number is `now` in seconds, so that a later list has a higher one. */
export async function createRevocationList(request: RevocationRequest): Promise<string> {
  const { authority, revoked, now, days } = request;
  const { notBefore, notAfter } = validityOf(now, days);
  const x509 = await loadX509();
  const signer = openSigner(x509, authority);
  const list = await x509.X509CrlGenerator.create({
    issuer: signer.name,
    thisUpdate: notBefore,
    nextUpdate: notAfter,
    signingAlgorithm: { name: signer.key.algorithm.name, hash: "SHA-256" },
    signingKey: signer.key,
    extensions: [await authorityKeyIdentifier(x509, signer), listNumber(x509, now)],
    entries: revoked.map(({ serial, at, reason }) => ({
      serialNumber: serial,
      revocationDate: at,
      ...(reason && { reason: revocationReasons[reason] }),
    })),
  });
  return toPem(x509, list, "X509 CRL");
}

function listNumber(x509: X509Library, now: Date) {
  const seconds = BigInt(Math.floor(now.getTime() / 1000));
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(seconds);
  // An INTEGER has as many bytes as its bits and a sign need, and no more.
  const length = Math.floor(seconds.toString(2).length / 8) + 1;
  const integer = Buffer.concat([Buffer.from([0x02, length]), bytes.subarray(-length)]);
  return new x509.Extension("2.5.29.20", false, integer);
}
