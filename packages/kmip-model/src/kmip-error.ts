import type { TtlvError, TtlvErrorCode, ValueOf } from "@akm/ttlv";
import type { resultReason } from "./enumerations/index.ts";

/** The name of a Result Reason. KMIP 1.1 §9.1.3.2.29. */
export type ResultReason = ValueOf<typeof resultReason>;

/** A refusal that the peer shall read: its `reason` and, as `message`, what was wrong with which field. */
export class KmipError extends Error {
  override readonly name = "KmipError";
  readonly reason: ResultReason;

  constructor(reason: ResultReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

const invalidFieldCodes: ReadonlySet<TtlvErrorCode> = new Set<TtlvErrorCode>([
  "UnknownField",
  "UnknownValue",
  "TextTooLong",
  "BigIntegerTooLong",
]);

/** The reason for bytes that do not fit a declaration: unknown things are Invalid Field, all else Invalid Message. KMIP 1.1 §11.1. */
export function reasonOf(error: TtlvError): "InvalidField" | "InvalidMessage" {
  return invalidFieldCodes.has(error.code) ? "InvalidField" : "InvalidMessage";
}
