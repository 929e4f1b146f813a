import { enumeration } from "@akm/ttlv";

// Enumerations of an object's life: its state and why it ended.

/** State. KMIP 1.1 §9.1.3.2.18. */
export const state = enumeration("State", {
  PreActive: 1,
  Active: 2,
  Deactivated: 3,
  Compromised: 4,
  Destroyed: 5,
  DestroyedCompromised: 6,
});

/** Revocation Reason Code. KMIP 1.1 §9.1.3.2.19. */
export const revocationReasonCode = enumeration("RevocationReasonCode", {
  Unspecified: 1,
  KeyCompromise: 2,
  CACompromise: 3,
  AffiliationChanged: 4,
  Superseded: 5,
  CessationOfOperation: 6,
  PrivilegeWithdrawn: 7,
});

/** Validity Indicator. KMIP 1.1 §9.1.3.2.23. */
export const validityIndicator = enumeration("ValidityIndicator", {
  Valid: 1,
  Invalid: 2,
  Unknown: 3,
});

/** Cancellation Result. KMIP 1.1 §9.1.3.2.25. */
export const cancellationResult = enumeration("CancellationResult", {
  Canceled: 1,
  UnableToCancel: 2,
  Completed: 3,
  Failed: 4,
  Unavailable: 5,
});

/** Put Function. KMIP 1.1 §9.1.3.2.26. */
export const putFunction = enumeration("PutFunction", {
  New: 1,
  Replace: 2,
});
