import { attributes, KmipError, type RevocationReason, type State } from "@akm/kmip-model";
import { type AttributeSet, one, withOne } from "./attribute-set.ts";

/**
 * The state that follows from the dates at a moment; it is stored nowhere, so no job can be late. First rule that
 * holds. KMIP 1.1 §3.22.
 *
 * @param now  seconds since 1970, server time
 */
export function stateAt(set: AttributeSet, now: bigint): State {
  const reached = (date: bigint | undefined): boolean => date !== undefined && date <= now;
  if (one(set, attributes.compromiseDate) !== undefined) return "Compromised";
  if (!reached(one(set, attributes.activationDate))) return "PreActive";
  return reached(one(set, attributes.deactivationDate)) ? "Deactivated" : "Active";
}

/** The attributes of a key that goes into service now. KMIP 1.1 §4.19. */
export function activated(set: AttributeSet, now: bigint): AttributeSet {
  const state = stateAt(set, now);
  if (state !== "PreActive")
    throw new KmipError("PermissionDenied", `the key is ${state}, not Pre-Active`);
  return withOne(set, attributes.activationDate, now);
}

/** Why and since when a key is not to be used any more, as a request gives it. */
export interface Revocation {
  readonly reason: RevocationReason;
  /** When the compromise is believed to have happened, in seconds since 1970. */
  readonly occurredAt: bigint | undefined;
}

/** The attributes of a key that is revoked now. KMIP 1.1 §3.22, §4.20. */
export function revoked(set: AttributeSet, revocation: Revocation, now: bigint): AttributeSet {
  const { reason } = revocation;
  const state = stateAt(set, now);
  const marked = withOne(set, attributes.revocationReason, reason);
  if (isCompromise(reason.revocationReasonCode)) {
    if (state === "Compromised")
      throw new KmipError("IllegalOperation", "the key is Compromised already");
    return compromised(marked, revocation.occurredAt, now);
  }
  if (state !== "Active") {
    throw new KmipError(
      "IllegalOperation",
      `the key is ${state}; only an Active key is revoked for ${reason.revocationReasonCode}`,
    );
  }
  return withOne(marked, attributes.deactivationDate, now);
}

function isCompromise(code: RevocationReason["revocationReasonCode"]): boolean {
  return code === "KeyCompromise" || code === "CACompromise";
}

/** Where the request does not tell when it happened, the whole life of the key counts. KMIP 1.1 §3.29. */
function compromised(set: AttributeSet, occurredAt: bigint | undefined, now: bigint): AttributeSet {
  const occurrence = occurredAt ?? one(set, attributes.initialDate) ?? now;
  return withOne(
    withOne(set, attributes.compromiseDate, now),
    attributes.compromiseOccurrenceDate,
    occurrence,
  );
}
