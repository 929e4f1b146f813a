import type { Outcome } from "@akm/store";
import { contended, type EncodedChange } from "./change-statement.ts";
import { createLane } from "./lane.ts";
import { type Settling, settle } from "./settle.ts";

/** Makes changes, several at a time. */
export interface Committer {
  commit(change: EncodedChange): Promise<Outcome>;
  /** Resolves once every change has its outcome. */
  drained(): Promise<void>;
}

/** When changes share a transaction. */
export interface Merging {
  /** Transactions under way at the same time, unless some wait for a lock. */
  readonly slots: number;
  /** Transactions under way at the most. */
  readonly slotsMax: number;
  /** From so many waiting on they share; fewer go one by one. */
  readonly from: number;
  /** So many share one transaction at the most. */
  readonly most: number;
}

interface Waiting {
  readonly change: EncodedChange;
  /** Was in a shared transaction that failed, and goes by itself now. */
  readonly alone: boolean;
  tell(outcome: Outcome): void;
}

/**
 * Makes a committer. A shared transaction has no partial outcome: where it fails, it was undone whole, and each of its changes is
 * made by itself.
 */
export function createCommitter(settling: Settling, merging: Merging): Committer {
  const lane = createLane<Waiting>({
    slots: merging.slots,
    slotsMax: merging.slotsMax,
    take: (waiting) => take(waiting, merging),
    async run(batch) {
      const outcome = await settle(
        settling,
        batch.map(({ change }) => change),
      );
      const shared = batch.length > 1;
      for (const item of batch) {
        if (shared && (outcome.outcome === "conflict" || outcome.outcome === "failed"))
          lane.add({ ...item, alone: true });
        else item.tell(outcome);
      }
    },
  });
  return {
    commit: (change) => new Promise((tell) => lane.add({ change, alone: false, tell })),
    drained: lane.drained,
  };
}

/** The first who waits; with enough of them behind him also those that touch none of the same rows. */
function take(waiting: Waiting[], { from, most }: Merging): Waiting[] {
  if (waiting.length < from || waiting[0]?.alone) return waiting.splice(0, 1);
  const touched = new Set<string>();
  const batch: Waiting[] = [];
  const looked = waiting.splice(0, 2 * most);
  const left = looked.filter((item) => {
    const rows = contended(item.change);
    const stays = item.alone || batch.length === most || rows.some((row) => touched.has(row));
    if (stays) return true;
    batch.push(item);
    for (const row of rows) touched.add(row);
    return false;
  });
  waiting.unshift(...left);
  return batch;
}
