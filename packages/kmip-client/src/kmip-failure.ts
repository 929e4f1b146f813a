import { enumerations, type OperationName, type ResultReason } from "@akm/kmip-model";

/** What the server said of a request that it refused. */
export interface FailureDetails {
  /** Absent where the server refused the whole message. */
  readonly operation: OperationName | undefined;
  readonly reason: ResultReason;
  /** The server's own words, where it gave any. */
  readonly resultMessage: string | undefined;
  /** What came with the refusal: of the declared operations only Check sends something, the mask that it denies. */
  readonly payload?: unknown;
}

/** The server refused. There is a class for each Result Reason in `failures`; `reason` tells them apart as well. */
export class KmipFailure extends Error implements FailureDetails {
  override readonly name: string = "KmipFailure";
  readonly operation: OperationName | undefined;
  readonly reason: ResultReason;
  readonly resultMessage: string | undefined;
  readonly payload: unknown;

  constructor({ operation, reason, resultMessage, payload }: FailureDetails) {
    super([operation ?? "the message", reason, resultMessage].filter(Boolean).join(": "));
    this.operation = operation;
    this.reason = reason;
    this.resultMessage = resultMessage;
    this.payload = payload;
  }
}

/** The class of one Result Reason. */
export type FailureClass<Reason extends ResultReason> = new (
  details: FailureDetails,
) => KmipFailure & { readonly reason: Reason };

/**
 * A class for each Result Reason: `error instanceof failures.ItemNotFound`. All of them are `KmipFailure`.
 * KMIP 1.1 §9.1.3.2.29.
 */
export const failures = Object.fromEntries(
  [...enumerations.resultReason.rows.keys()].map((reason) => [reason, failureClass(reason)]),
) as unknown as { readonly [Reason in ResultReason]: FailureClass<Reason> };

function failureClass(reason: ResultReason): typeof KmipFailure | undefined {
  // A class takes the name of the property that it is written into.
  return {
    [reason]: class extends KmipFailure {
      override readonly name = reason;
    },
  }[reason];
}

/** The failure of a refused item, in the class of its reason. */
export function failureOf(details: FailureDetails): KmipFailure {
  return new failures[details.reason](details);
}
