import type { Outcome, Store } from "@akm/store";
import { createPostgresStore } from "@akm/store-postgres";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { makeDatabase, type TestDatabase } from "./support/database.ts";
import { audit, object } from "./support/rows.ts";

let database: TestDatabase;
let stores: readonly Store[];

beforeAll(async () => {
  database = await makeDatabase();
  const open = () => createPostgresStore({ connection: database.connection, poolSize: 8 });
  stores = await Promise.all([open(), open()]);
  return async () => {
    await Promise.all(stores.map((store) => store.close()));
    await database.drop();
  };
});

beforeEach(() => database.clear());

/** Sixteen callers, half of them at each of two servers. */
function race(call: (store: Store, racer: number) => Promise<Outcome>): Promise<Outcome[]> {
  const racers = Array.from({ length: 16 }, (_, at) => at);
  return Promise.all(racers.map((at) => call(stores[at % 2] as Store, at)));
}

function committed(outcomes: readonly Outcome[]): number {
  return outcomes.filter(({ outcome }) => outcome === "committed").length;
}

test("of 16 racers at two servers exactly one replaces a version, for 40 rounds", async () => {
  await stores[0]?.commit({ putObjects: [object("a")], audit: [] });
  for (let version = 2; version < 42; version++) {
    const change = () => ({ putObjects: [object("a", { version })], audit: [audit()] });
    const outcomes = await race((store) => store.commit(change()));
    expect(committed(outcomes)).toBe(1);
    const others = outcomes.filter(({ outcome }) => outcome === "conflict");
    expect(others).toHaveLength(15);
  }
  const [row] = await database.sql<{ records: number }>(
    "select count(*)::int as records from akm.audit",
  );
  expect(row?.records).toBe(40);
});

test("of 16 racers at two servers exactly one takes a claim, for 40 rounds", async () => {
  for (let round = 0; round < 40; round++) {
    const claim = new Uint8Array(32).fill(round);
    const outcomes = await race((store, racer) =>
      store.commit({ takeClaims: [{ claim, owner: `${racer}` }], audit: [audit()] }),
    );
    const winner = outcomes.findIndex(({ outcome }) => outcome === "committed");
    for (const [racer, outcome] of outcomes.entries())
      if (racer !== winner)
        expect(outcome).toEqual({ outcome: "conflict", on: "claim", claim, owner: `${winner}` });
  }
});

test("a read at one server sees what another has answered", async () => {
  const [here, there] = stores as [Store, Store];
  await here.commit({ putObjects: [object("a")], audit: [] });
  for (let version = 2; version < 60; version++) {
    await here.commit({ putObjects: [object("a", { version })], audit: [] });
    expect((await there.read(["a"])).get("a")?.version).toBe(version);
  }
});
