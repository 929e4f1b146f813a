import { KmipError, type RequestHeader } from "@akm/kmip-model";
import type { Incoming } from "../incoming.ts";

/** Batch items in a message, at the most. */
export const batchItemsMax = 100;

/** Refuses a Batch Count that is not that of the items, an empty batch, and one that is too long. KMIP 1.1 §6.14. */
export function countBatch({ batchCount }: RequestHeader, { items }: Incoming): void {
  if (batchCount !== items.length) {
    throw new KmipError(
      "InvalidMessage",
      `Batch Count is ${batchCount}, the message has ${items.length} items`,
    );
  }
  if (items.length === 0) throw new KmipError("InvalidMessage", "the message has no batch item");
  if (items.length > batchItemsMax) {
    throw new KmipError(
      "InvalidMessage",
      `Batch Count is ${batchCount}, more than ${batchItemsMax}`,
    );
  }
}
