import { X509Certificate } from "node:crypto";
import type { CertifiedKey } from "@akm/pki";
import { Failure } from "../failure.ts";
import type { FolderLock } from "../folder/lock.ts";

// A clock that is set a little while akm is down is no alarm.
const toleranceMs = 2_000;

/**
 * Refuses a clock that shows a moment before the data was last worked on: dates would come out of order, and keys
 * become active again.
 *
 * @throws Failure `clock`
 */
export function checkClock(now: Date, lock: FolderLock, authority: CertifiedKey): void {
  const { validFromDate } = new X509Certificate(authority.certificatePem);
  const latest = new Date(Math.max(lock.heldBeforeMs ?? 0, validFromDate.getTime()));
  if (now.getTime() >= latest.getTime() - toleranceMs) return;
  const mend = `set it; if it is right, and was wrong before: touch ${lock.path}`;
  throw new Failure(
    "clock",
    `the clock says ${now.toISOString()}, but akm ran at ${latest.toISOString()}: ${mend}`,
  );
}
