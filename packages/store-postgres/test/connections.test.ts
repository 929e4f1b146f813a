import type { Store } from "@akm/store";
import { createPostgresStore } from "@akm/store-postgres";
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { makeDatabase, type TestDatabase } from "./support/database.ts";
import { creation } from "./support/rows.ts";
import { until } from "./support/until.ts";

let database: TestDatabase;
let events: string[];

beforeAll(async () => {
  database = await makeDatabase();
  return () => database.drop();
});

beforeEach(() => database.clear());

async function open(): Promise<Store> {
  events = [];
  const store = await createPostgresStore({
    connection: database.connection,
    poolSize: 6,
    log: (event) => events.push(event),
  });
  onTestFinished(() => store.close());
  return store;
}

/** The server's processes for the store's connections. */
async function backends(): Promise<number[]> {
  const rows = await database.sql<{ pid: number }>(
    `select pid from pg_stat_activity
      where datname = current_database() and application_name = 'akm' order by pid`,
  );
  return rows.map(({ pid }) => pid);
}

describe("connections that are held", () => {
  test("serve more callers than there are of them, again and again", async () => {
    const store = await open();
    await store.commit(creation("a"));
    for (let round = 0; round < 20; round++) {
      const asked = Array.from({ length: 40 }, () => [store.due(0n, 1), store.owners([])]).flat();
      expect(await Promise.all(asked)).toHaveLength(80);
      expect((await store.read(["a"])).size).toBe(1);
    }
    expect((await backends()).length).toBeLessThanOrEqual(6);
  });

  test("are the same ones for what comes later", async () => {
    const store = await open();
    await Promise.all(Array.from({ length: 12 }, () => store.due(0n, 1)));
    const before = await backends();
    for (let at = 0; at < 50; at++) await store.commit(creation(`o${at}`));
    expect(await backends()).toEqual(before);
  });

  test("that ended while nobody used them are noticed, told of and replaced", async () => {
    const store = await open();
    await Promise.all(Array.from({ length: 12 }, () => store.due(0n, 1)));
    const before = await backends();
    await database.sql("select pg_terminate_backend(pid) from unnest($1::int[]) as pid", [before]);
    await until(async () => events.filter((event) => event === "connection.lost").length > 0);
    expect(await store.commit(creation("a"))).toEqual({ outcome: "committed" });
    expect((await store.read(["a"])).size).toBe(1);
    expect((await backends()).filter((pid) => before.includes(pid))).toEqual([]);
  });

  test("end with the store", async () => {
    const store = await open();
    await Promise.all(Array.from({ length: 12 }, () => store.due(0n, 1)));
    expect((await backends()).length).toBeGreaterThan(0);
    await store.close();
    await until(async () => (await backends()).length === 0);
  });
});
