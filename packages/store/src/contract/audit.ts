import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import type { ContractCase } from "./case.ts";
import { audit, commit, made, object } from "./samples.ts";

/** Audit records, the clock, the end. That a record stands is seen by its identifier: it serves once. */
export const auditCases: readonly ContractCase[] = [
  {
    title: "an audit identifier serves once; a second change set with it fails and changes nothing",
    async check(store) {
      await made(store, { audit: [audit("op")] });
      const again = await commit(store, { putObjects: [object("a")], audit: [audit("op")] });
      strictEqual(again.outcome, "failed");
      strictEqual((await store.read(["a"])).size, 0);
    },
  },
  {
    title: "a durable record stands when the call returns",
    async check(store) {
      await store.append([audit("one"), audit("two")], "durable");
      strictEqual((await commit(store, { audit: [audit("two")] })).outcome, "failed");
      await rejects(store.append([audit("one")], "durable"));
    },
  },
  {
    title: "many durable records at once all stand, and one that cannot harms no other",
    async check(store) {
      await made(store, { audit: [audit("3")] });
      const ids = Array.from({ length: 40 }, (_, at) => String(at));
      const ends = await Promise.allSettled(ids.map((id) => store.append([audit(id)], "durable")));
      const rejected = ends.flatMap(({ status }, at) => (status === "rejected" ? [at] : []));
      deepStrictEqual(rejected, [3]);
      for (const id of ids)
        strictEqual((await commit(store, { audit: [audit(id)] })).outcome, "failed");
    },
  },
  {
    title: "a record that is to be written soon stands no later than a durable one after it",
    async check(store) {
      await store.append([audit("soon")], "soon");
      await store.append([audit("now")], "durable");
      strictEqual((await commit(store, { audit: [audit("soon")] })).outcome, "failed");
    },
  },
  {
    title: "a record may be of any day",
    async check(store) {
      const moments = [-(2n ** 63n), -1n, 0n, 4_102_444_800_000_000n, 2n ** 63n - 1n];
      const records = moments.map((at) => ({ ...audit(`at ${at}`), at }));
      await made(store, { audit: records });
      for (const record of records)
        strictEqual((await commit(store, { audit: [record] })).outcome, "failed");
    },
  },
  {
    title: "the store tells its time and does not go back",
    async check(store) {
      const first = store.now();
      ok(Number.isSafeInteger(first));
      await made(store, { audit: [audit("op")] });
      ok(store.now() >= first);
    },
  },
  {
    title: "an open store is ready",
    async check(store) {
      deepStrictEqual(await store.health(), { ready: true });
    },
  },
];
