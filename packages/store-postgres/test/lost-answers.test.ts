import type { Store } from "@akm/store";
import { createPostgresStore, type PostgresStoreOptions } from "@akm/store-postgres";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeDatabase, type TestDatabase } from "./support/database.ts";
import { type Fault, type FaultyProxy, startProxy } from "./support/proxy.ts";
import { audit, creation, object } from "./support/rows.ts";

let database: TestDatabase;
let proxy: FaultyProxy;
let store: Store;
let events: [string, unknown][];

beforeAll(async () => {
  database = await makeDatabase();
  return () => database.drop();
});

beforeEach(async () => {
  await database.clear();
  proxy = await startProxy(database.connection);
  store = await open();
});

afterEach(async () => {
  await store.close();
  await proxy.close();
});

async function open(options: Partial<PostgresStoreOptions> = {}): Promise<Store> {
  events = [];
  return createPostgresStore({
    connection: proxy.connection,
    log: (event, { resolution }) => events.push([event, resolution]),
    ...options,
  });
}

/** How the lost answers were resolved. */
function resolutions(): unknown[] {
  return events.filter(([event]) => event === "commit.resolved").map(([, how]) => how);
}

/** What stands: the object's versions and the number of audit records. */
async function standing() {
  const [row] = await database.sql<{ objects: number; records: number }>(
    `select (select count(*)::int from akm.object) as objects, (select count(*)::int from akm.audit) as records`,
  );
  return row;
}

describe("a connection that is cut around a commit", () => {
  test.each<[string, Fault, string]>([
    ["before the server saw any of it", { request: 0 }, "absent"],
    ["after the server saw its first bytes", { request: 9 }, "absent"],
    ["after the server saw half of it", { request: 300 }, "absent"],
    ["before any of the reply came back", { reply: 0 }, "committed"],
    ["after the reply's first byte", { reply: 1 }, "committed"],
    ["within the reply", { reply: 40 }, "committed"],
  ])("%s: the change is made once, and the outcome says so", async (_, fault, resolution) => {
    void proxy.arm(fault);
    expect(await store.commit(creation("a"))).toEqual({ outcome: "committed" });
    expect(resolutions()).toEqual([resolution]);
    expect(await standing()).toEqual({ objects: 1, records: 1 });
  });

  test("at every byte of its reply but the last ones: committed", async () => {
    await store.commit(creation("first"));
    for (let reply = 0; reply < 60; reply += 3) {
      void proxy.arm({ reply });
      expect(await store.commit(creation(`o${reply}`))).toEqual({ outcome: "committed" });
    }
    expect(await standing()).toEqual({ objects: 21, records: 21 });
  });

  test("a change that meets a conflict learns of it when it is made again", async () => {
    await store.commit(creation("a"));
    void proxy.arm({ request: 0 });
    const outcome = await store.commit(creation("a"));
    expect(outcome).toEqual({ outcome: "conflict", on: "version", id: "a" });
    expect(await standing()).toEqual({ objects: 1, records: 1 });
  });

  test("changes in a shared transaction each learn what became of them", async () => {
    const wide = await open({ merging: { slots: 1, slotsMax: 1, from: 2, most: 64 } });
    const rest = Array.from({ length: 20 }, (_, at) => creation(`o${at}`));
    void proxy.arm({ reply: 0 });
    const outcomes = await Promise.all(rest.map((change) => wide.commit(change)));
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(["committed"]));
    void proxy.arm({ request: 0 });
    const more = Array.from({ length: 20 }, (_, at) => creation(`p${at}`));
    const others = await Promise.all(more.map((change) => wide.commit(change)));
    expect(new Set(others.map(({ outcome }) => outcome))).toEqual(new Set(["committed"]));
    expect(await standing()).toEqual({ objects: 40, records: 40 });
    await wide.close();
  });

  test("a durable record is written once", async () => {
    void proxy.arm({ reply: 0 });
    await store.append([audit()], "durable");
    expect(await standing()).toEqual({ objects: 0, records: 1 });
  });
});

describe("an outcome that cannot be found out is unknown", () => {
  test("because nobody can be asked in time", async () => {
    const hasty = await open({ unknownAfterMs: 300 });
    const met = proxy.arm({ silence: "before" });
    const outcome = hasty.commit(creation("a"));
    await met;
    proxy.down();
    expect((await outcome).outcome).toBe("unknown");
    await hasty.close();
  });

  test("because the change has no record to look for", async () => {
    void proxy.arm({ reply: 0 });
    const outcome = await store.commit({ putObjects: [object("a")], audit: [] });
    expect(outcome.outcome).toBe("unknown");
  });
});

test("a server that says nothing is left after 3 s, whether it has seen the change or not", async () => {
  const second = await startProxy(database.connection);
  const other = await createPostgresStore({ connection: second.connection });
  void proxy.arm({ silence: "before" });
  void second.arm({ silence: "after" });
  const outcomes = await Promise.all([store.commit(creation("a")), other.commit(creation("b"))]);
  expect(outcomes).toEqual([{ outcome: "committed" }, { outcome: "committed" }]);
  expect(resolutions()).toEqual(["absent"]);
  expect(await standing()).toEqual({ objects: 2, records: 2 });
  await other.close();
  await second.close();
});

describe("an answer that is not that of a commit", () => {
  test.each<[string, readonly [string, string]]>([
    ["the tag of a roll-back", ["SELECT 1", "ROLLBACK"]],
    ["an open transaction", ["Z\0\0\0\u0005I", "Z\0\0\0\u0005T"]],
  ])("%s is not believed: the record is looked up", async (_, rewrite) => {
    void proxy.arm({ rewrite });
    expect(await store.commit(creation("a"))).toEqual({ outcome: "committed" });
    expect(resolutions()).toEqual(["committed"]);
    expect(await standing()).toEqual({ objects: 1, records: 1 });
  });
});
