import { KmipError } from "@akm/kmip-model";
import type { Incoming } from "../incoming.ts";

/** Refuses a batch of several whose items do not have Unique Batch Item IDs of their own. KMIP 1.1 §6.4. */
export function identifyItems({ items }: Incoming): void {
  if (items.length < 2) return;
  const seen = new Set<string>();
  for (const { uniqueBatchItemId } of items) {
    if (uniqueBatchItemId === undefined) {
      throw new KmipError("InvalidMessage", "a batch item has no Unique Batch Item ID");
    }
    const id = Buffer.from(uniqueBatchItemId).toString("hex");
    if (seen.has(id))
      throw new KmipError("InvalidMessage", `Unique Batch Item ID ${id} stands twice`);
    seen.add(id);
  }
}
