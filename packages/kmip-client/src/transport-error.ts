/**
 * Where it broke. `Connect`: nobody listens there. `Refused`: TLS did not come about, from either side. `Closed`: the
 * connection ended before anything of the answer came. `CutOff`: it ended within the answer. `NotKmip`: what came is no
 * KMIP message, or too long a one. `Http`: a status that is not 200.
 */
export type TransportErrorCode =
  | "Connect"
  | "Refused"
  | "Closed"
  | "CutOff"
  | "Deadline"
  | "Aborted"
  | "NotKmip"
  | "Http";

/** Whether the server may have carried the request out. */
export type Executed = "no" | "unknown";

const outcome: Readonly<Record<Executed, string>> = {
  no: "the request was not carried out",
  unknown: "whether the server carried the request out is unknown",
};

/** What is known beside the code. */
export interface TransportErrorDetails {
  readonly executed: Executed;
  readonly cause?: unknown;
}

/** No answer came. `executed` says whether a request that changes something may be repeated without asking first. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  readonly code: TransportErrorCode;
  readonly executed: Executed;

  constructor(code: TransportErrorCode, text: string, details: TransportErrorDetails) {
    const { executed, cause } = details;
    super(`${text}; ${outcome[executed]}`, cause === undefined ? {} : { cause });
    this.code = code;
    this.executed = executed;
  }
}

/** The error for a signal that has aborted: `Deadline` for a timeout, `Aborted` for any other reason. */
export function abortError(signal: AbortSignal, executed: Executed): TransportError {
  const cause: unknown = signal.reason;
  if (cause instanceof Error && cause.name === "TimeoutError") {
    return new TransportError("Deadline", cause.message, { executed, cause });
  }
  return new TransportError("Aborted", "the call was aborted", { executed, cause });
}

/** Whether a request that only reads may be sent again: the connection ended, and nothing of the answer had come. */
export function mayRepeat(error: unknown): boolean {
  return error instanceof TransportError && error.code === "Closed";
}
