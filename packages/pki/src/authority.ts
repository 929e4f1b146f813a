import { issue } from "./issue.ts";
import type { CertifiedKey } from "./keys.ts";
import { subjectOf } from "./subject.ts";
import { validityOf } from "./validity.ts";

/** What `createAuthority` wants to know; 20 years where it is not said. */
export interface AuthorityRequest {
  readonly commonName: string;
  readonly now: Date;
  readonly years?: number;
}

/**
 * Makes an authority: a self-signed P-256 certificate that may sign certificates and revocation lists, but no
 * further authority.
 *
 * @throws PkiError naming the field that is not fit
 */
export function createAuthority({
  commonName,
  now,
  years = 20,
}: AuthorityRequest): Promise<CertifiedKey> {
  return issue({
    subject: subjectOf(commonName),
    validity: validityOf(now, Math.round(years * 365.25)),
    extensions: { isAuthority: true },
    signer: "self",
  });
}
