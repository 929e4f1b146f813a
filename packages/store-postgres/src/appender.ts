import { type AuditRecord, type Durability, type Outcome, StoreError } from "@akm/store";
import { type EncodedChange, encodeChange } from "./change-statement.ts";
import { type Committer, createCommitter } from "./committer.ts";
import type { Settling } from "./settle.ts";

/** Writes audit records that come without a change. */
export interface Appender {
  append(records: readonly AuditRecord[], durability: Durability): Promise<void>;
  /** Writes what still waits; gives up where the database does not take it. */
  close(): Promise<void>;
}

/** Milliseconds that a record may wait for others. */
const soonMs = 250;
/** Milliseconds before records that the database did not take are offered again. */
const againMs = 1000;
/** Lists of records that may wait while the database takes none. */
const waitingMax = 20_000;

/**
 * Makes an appender: one transaction under way, which takes all that waits. What is to be written soon waits for a moment, or goes
 * with the next durable record.
 */
export function createAppender(settling: Settling): Appender {
  const committer: Committer = createCommitter(settling, {
    slots: 1,
    slotsMax: 1,
    from: 2,
    most: 1000,
  });
  let soon: EncodedChange[] = [];
  let timer: NodeJS.Timeout | undefined;

  function wake(ms: number): void {
    timer ??= setTimeout(() => void flush(), ms).unref();
  }

  /** Hands over what waits; what comes back unwritten waits again, before what came meanwhile. */
  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const lists = soon;
    soon = [];
    const ends = await Promise.all(lists.map((records) => committer.commit(records)));
    const left = lists.filter((_, at) => isToRepeat(ends[at]));
    for (const end of ends)
      if (end.outcome !== "committed") settling.log("audit.unwritten", { ...end });
    if (left.length === 0) return;
    soon = [...left, ...soon];
    wake(againMs);
  }

  return {
    async append(records, durability) {
      if (soon.length >= waitingMax)
        throw new StoreError("Unavailable", `${waitingMax} audit records wait to be written`);
      const encoded = encodeChange({ audit: records });
      if (durability === "soon") {
        soon.push(encoded);
        wake(soonMs);
        return;
      }
      if (soon.length > 0) void flush();
      const end = await committer.commit(encoded);
      if (end.outcome === "failed" || end.outcome === "unknown") throw end.error;
    },
    async close() {
      await flush();
      clearTimeout(timer);
      await committer.drained();
    },
  };
}

/** All but a record whose identifier stands already, which a lost answer leaves behind. */
function isToRepeat(end: Outcome | undefined): boolean {
  if (end === undefined || end.outcome === "committed") return false;
  return !(end.outcome === "failed" && !isUnavailable(end.error));
}

function isUnavailable(error: Error): boolean {
  return error instanceof StoreError && error.code === "Unavailable";
}
