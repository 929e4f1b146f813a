import type { ResultReason } from "@akm/kmip-model";
import type { CallOptions } from "../deadline.ts";
import { KmipFailure } from "../kmip-failure.ts";
import { TransportError } from "../transport-error.ts";

/** When a failed write is worth a look at what the server has now. */
export interface Doubt extends CallOptions {
  /** Reasons by which the server says that somebody else was faster. */
  readonly reasons: readonly ResultReason[];
}

/**
 * What `look` finds after a write that failed, because somebody else was faster or because its answer was lost.
 *
 * @throws the error itself where it is of another kind, the caller has given up, or nothing is found
 */
export async function lookAgain<Found>(
  error: unknown,
  { reasons, signal }: Doubt,
  look: () => Promise<Found | undefined>,
): Promise<Found> {
  const isDoubtful =
    (error instanceof KmipFailure && reasons.includes(error.reason)) ||
    (error instanceof TransportError && error.executed === "unknown");
  const found = isDoubtful && !signal?.aborted ? await look() : undefined;
  if (found === undefined) throw error;
  return found;
}
