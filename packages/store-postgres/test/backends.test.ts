import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPostgresStore } from "@akm/store-postgres";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@akm/store-postgres/embedded";
import pg from "pg";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeDatabase, type TestDatabase } from "./support/database.ts";
import { creation, object } from "./support/rows.ts";
import { until } from "./support/until.ts";

let directory: string;
let server: EmbeddedPostgres;
let database: TestDatabase;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "akm-test-"));
  server = await startEmbeddedPostgres({ directory });
  database = await makeDatabase(server.connection);
  return async () => {
    await database.drop();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
});

beforeEach(() => database.clear());

/** The store's backend that waits for this, and since when it is at it, once there is one. */
function waitingFor(event: string): Promise<{ pid: number; since: string }> {
  return until(async () => {
    const [row] = await database.sql<{ pid: number; since: string }>(
      `select pid, query_start::text as since from pg_stat_activity
        where application_name = 'akm' and wait_event = $1`,
      [event],
    );
    return row;
  });
}

/** Holds the row of an object until the client is ended. */
async function hold(id: string): Promise<pg.Client> {
  const client = new pg.Client({ ...database.connection });
  await client.connect();
  await client.query(`begin; select from akm.object where id = '${id}' for update`);
  return client;
}

describe("a backend that is ended while a change waits for a lock", () => {
  test("the change is made by another", async () => {
    const store = await createPostgresStore({ connection: database.connection });
    await store.commit(creation("a"));
    const holder = await hold("a");
    const outcome = store.commit({ ...creation("a"), putObjects: [object("a", { version: 2 })] });
    const { pid } = await waitingFor("transactionid");
    await database.sql("select pg_terminate_backend($1)", [pid]);
    await holder.end();
    expect(await outcome).toEqual({ outcome: "committed" });
    expect((await store.read(["a"])).get("a")?.version).toBe(2);
    await store.close();
  });

  test("a lock that is held too long is waited for again", async () => {
    const store = await createPostgresStore({ connection: database.connection });
    await store.commit(creation("a"));
    const holder = await hold("a");
    const outcome = store.commit({ ...creation("a"), putObjects: [object("a", { version: 2 })] });
    const first = await waitingFor("transactionid");
    await until(async () => {
      const next = await waitingFor("transactionid");
      return next.since !== first.since;
    });
    await holder.end();
    expect(await outcome).toEqual({ outcome: "committed" });
    await store.close();
  });
});

describe("a commit that no standby confirms", () => {
  async function requireStandby(name: string): Promise<void> {
    await database.sql(`alter system set synchronous_standby_names = '${name}'`);
    await database.sql("select pg_reload_conf()");
    await until(async () => {
      const rows = await database.sql<{ setting: string }>(
        "select setting from pg_settings where name = 'synchronous_standby_names'",
      );
      return rows[0]?.setting === name;
    });
  }

  test.each([
    ["cancelled", "pg_cancel_backend"],
    ["ended", "pg_terminate_backend"],
  ])("is unknown when its wait is %s, though it stands", async (_, end) => {
    const { connection } = database;
    const store = await createPostgresStore({ connection, unknownAfterMs: 1000 });
    await requireStandby("nobody");
    const outcome = store.commit(creation("a"));
    await database.sql(`select ${end}($1)`, [(await waitingFor("SyncRep")).pid]);
    expect((await outcome).outcome).toBe("unknown");
    expect(await database.sql("select id from akm.object")).toEqual([{ id: "a" }]);
    await requireStandby("");
    await store.close();
  });

  test("is unknown when nothing that came after it was confirmed either", async () => {
    const { connection } = database;
    const store = await createPostgresStore({ connection, unknownAfterMs: 1000 });
    await requireStandby("nobody");
    let isOpen = true;
    const outcome = store.commit(creation("a")).finally(() => {
      isOpen = false;
    });
    await until(async () => {
      await database.sql(
        "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'",
      );
      return !isOpen;
    });
    expect((await outcome).outcome).toBe("unknown");
    await requireStandby("");
    await store.close();
  });

  test("is committed once a later one was confirmed", async () => {
    const store = await createPostgresStore({ connection: database.connection });
    await requireStandby("nobody");
    const outcome = store.commit(creation("a"));
    await database.sql("select pg_cancel_backend($1)", [(await waitingFor("SyncRep")).pid]);
    await requireStandby("");
    expect(await outcome).toEqual({ outcome: "committed" });
    await store.close();
  });
});

test("connections that the server ends while idle are made again", async () => {
  const lost: string[] = [];
  const store = await createPostgresStore({
    connection: database.connection,
    log: (event) => lost.push(event),
  });
  await store.commit(creation("a"));
  await database.sql(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'akm'",
  );
  await until(async () => lost.includes("connection.lost"));
  expect((await store.read(["a"])).size).toBe(1);
  expect(await store.commit(creation("b"))).toEqual({ outcome: "committed" });
  await store.close();
});
