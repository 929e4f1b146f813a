import { KmipError } from "@akm/kmip-model";
import type { Log } from "../log.ts";
import { ResponseTooLarge } from "../response-limit.ts";

/**
 * The refusal that a peer reads for anything that was thrown. What was not meant for it becomes General Failure with a
 * correlation id; the text and the stack go to the log alone.
 */
export function refusalFor(error: unknown, log: Log, correlation: string): KmipError {
  if (error instanceof KmipError) {
    // What the peer reads is not enough for whoever has to mend it.
    if (error.reason === "CryptographicFailure") log("error", "item.fault", { correlation, error });
    return error;
  }
  if (error instanceof ResponseTooLarge) return new KmipError("ResponseTooLarge", error.message);
  log("error", "item.fault", { correlation, error });
  return new KmipError(
    "GeneralFailure",
    `the server could not do this; its log has the cause under ${correlation}`,
    {
      cause: error,
    },
  );
}
