import { StoreError } from "../error.ts";
import type { ChangeSet, Outcome, Store } from "../store.ts";

/** A call of the port that can be disturbed. */
export type StoreCall = Exclude<keyof Store, "close" | "health">;

/**
 * What happens to a call. `fail`: it does not reach the store, which cannot be asked. `unknown-done` and `unknown-undone`: a
 * commit whose outcome nobody learns, made or not (a `durable` append throws likewise). `wait`: it goes on, undisturbed, once the promise is kept.
 */
export type Misbehaviour =
  | "fail"
  | "unknown-done"
  | "unknown-undone"
  | { readonly wait: Promise<unknown> };

/**
 * Wraps a store so that it fails, waits or answers unknown where the test says.
 *
 * @param disturb  asked at each call, with how many calls of that name came before it; `undefined` leaves it alone
 */
export function unreliable(
  store: Store,
  disturb: (call: StoreCall, before: number) => Misbehaviour | undefined,
): Store {
  const counts = new Map<StoreCall, number>();

  function next(call: StoreCall): Misbehaviour | undefined {
    const before = counts.get(call) ?? 0;
    counts.set(call, before + 1);
    return disturb(call, before);
  }

  /** Runs an asking call as the test says; an unknown outcome means nothing for it, so it fails. */
  async function ask<T>(call: StoreCall, work: () => Promise<T>): Promise<T> {
    const trouble = next(call);
    if (typeof trouble === "object") await trouble.wait;
    else if (trouble !== undefined) throw unavailable(call);
    return work();
  }

  return {
    read: (ids) => ask("read", () => store.read(ids)),
    readKeys: (ids) => ask("readKeys", () => store.readKeys(ids)),
    readRecords: (kind) => ask("readRecords", () => store.readRecords(kind)),
    owners: (claims) => ask("owners", () => store.owners(claims)),
    async *find(match) {
      yield* await ask("find", async () => store.find(match));
    },
    due: (until, limit) => ask("due", () => store.due(until, limit)),
    commit: (change) => commit(store, change, next("commit")),
    async append(records, durability) {
      const trouble = next("append");
      if (typeof trouble === "object") await trouble.wait;
      else if (trouble === "unknown-done") await store.append(records, durability);
      if (typeof trouble === "string") throw unavailable("append");
      await store.append(records, durability);
    },
    now() {
      if (next("now") === "fail") throw unavailable("now");
      return store.now();
    },
    health: () => store.health(),
    close: () => store.close(),
  };
}

async function commit(
  store: Store,
  change: ChangeSet,
  trouble: Misbehaviour | undefined,
): Promise<Outcome> {
  if (trouble === "fail") return { outcome: "failed", error: unavailable("commit") };
  if (typeof trouble === "object") await trouble.wait;
  const outcome = trouble === "unknown-undone" ? undefined : await store.commit(change);
  if (outcome !== undefined && trouble !== "unknown-done") return outcome;
  return { outcome: "unknown", error: new StoreError("Unavailable", "the answer was lost") };
}

function unavailable(call: StoreCall): StoreError {
  return new StoreError("Unavailable", `${call} failed because the test said so`);
}
