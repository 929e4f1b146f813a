import { X509Certificate } from "node:crypto";
import { PkiError } from "./error.ts";
import type { CertifiedKey } from "./keys.ts";

/** The span in which a certificate is good, both ends included, in whole seconds. */
export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const dayMs = 24 * 60 * 60 * 1000;
const skewMs = 60 * 60 * 1000;

/**
 * The span from an hour before `now` (peers' clocks are behind) for `days`, but no longer than `authority`
 * lasts: a certificate that outlives its issuer is refused all the same.
 *
 * @throws PkiError unless `days` is a whole number above 0 and the authority is still good at `now`
 */
export function validityOf(now: Date, days: number, authority?: CertifiedKey): Validity {
  if (!Number.isSafeInteger(days) || days < 1) {
    throw new PkiError("days", days, "is not a whole number above 0");
  }
  const notBefore = new Date(now.getTime() - skewMs);
  const notAfter = new Date(now.getTime() + days * dayMs);
  if (authority === undefined) return { notBefore, notAfter };
  const { validToDate } = new X509Certificate(authority.certificatePem);
  if (validToDate <= now) throw new PkiError("authority", validToDate, "is when it ended");
  return { notBefore, notAfter: notAfter < validToDate ? notAfter : validToDate };
}
