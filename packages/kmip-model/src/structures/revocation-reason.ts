import { optional, required, structure, textString, type ValueOf } from "@akm/ttlv";
import { revocationReasonCode } from "../enumerations/index.ts";
import { tags } from "../tags.ts";

/** Why an object was revoked. KMIP 1.1 §3.31. */
export const revocationReason = structure({
  revocationReasonCode: required(tags.RevocationReasonCode, revocationReasonCode),
  revocationMessage: optional(tags.RevocationMessage, textString),
});

/** A code and, if given, a text. */
export type RevocationReason = ValueOf<typeof revocationReason>;
