import type { Store } from "@akm/store";
import { createPostgresStore } from "@akm/store-postgres";
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { makeDatabase, type TestDatabase } from "./support/database.ts";
import { audit, creation, object } from "./support/rows.ts";
import { until } from "./support/until.ts";

let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = await makeDatabase();
  store = await createPostgresStore({ connection: database.connection });
  return async () => {
    await store.close();
    await database.drop();
  };
});

beforeEach(() => database.clear());

test("a search that the server refuses fails by itself, not those that wait with it", async () => {
  await store.commit({ putObjects: [object("a")], audit: [] });
  const find = async (term: bigint): Promise<number> => {
    let rows = 0;
    for await (const page of store.find({ terms: [term] })) rows += page.length;
    return rows;
  };
  const tooLarge = 2n ** 63n;
  const ends = await Promise.allSettled([1n, tooLarge, 2n, tooLarge, 1n].map(find));
  const found = ends.map((end) => (end.status === "fulfilled" ? end.value : "refused"));
  expect(found).toEqual([1, "refused", 0, "refused", 1]);
});

test("bytes are read as they were written, whatever form the database gives them by default", async () => {
  const { name } =
    (await database.sql<{ name: string }>("select current_database() as name"))[0] ?? {};
  await database.sql(`alter database ${name} set bytea_output = 'escape'`);
  const other = await createPostgresStore({ connection: database.connection });
  onTestFinished(async () => {
    await other.close();
    await database.sql(`alter database ${name} reset bytea_output`);
  });
  const body = Uint8Array.of(0, 0x5c, 0x78, 0x27, 0x80, 0xff, 0x41);
  await other.commit({ putObjects: [object("a", { body })], audit: [] });
  expect(Buffer.from((await other.read(["a"])).get("a")?.body ?? [])).toEqual(Buffer.from(body));
});

test("what was sealed is overwritten with as many other bytes before its row goes", async () => {
  await database.sql(`
    create table gone (sealed bytea);
    create function keep() returns trigger language plpgsql as
      'begin insert into gone values (old.sealed); return old; end';
    create trigger keep before delete on akm.object for each row execute function keep()`);
  onTestFinished(async () => {
    await database.sql("drop trigger keep on akm.object");
  });
  await store.commit({
    putObjects: [object("a"), object("b"), object("c", { sealed: null })],
    audit: [],
  });
  const removeObjects = ["a", "b", "c"].map((id) => ({ id, version: 1 }));
  await store.commit({ removeObjects, audit: [] });

  const rows = await database.sql<{ sealed: Buffer | null }>("select sealed from gone");
  const [a, b, c] = rows.map(({ sealed }) => sealed);
  expect([a?.length, b?.length, c]).toEqual([40, 40, null]);
  expect(a).not.toEqual(object("a").sealed);
  expect(a).not.toEqual(b);
});

describe("audit records", () => {
  async function partitions(): Promise<string[]> {
    const rows = await database.sql<{ at: string }>(
      `select relname as at from akm.audit join pg_class on pg_class.oid = audit.tableoid order by 1`,
    );
    return rows.map(({ at }) => at);
  }

  test("lie in the partition of their day, which stands ahead, or in the default one", async () => {
    const day = 86_400_000_000n;
    const now = audit().at;
    const moments = [now, now + day, now + 7n * day, now + 30n * day, 0n];
    await store.append(
      moments.map((at) => ({ ...audit(), at })),
      "durable",
    );
    const days = [0n, 1n, 7n].map((ahead) => {
      const date = new Date(Number((now + ahead * day) / 1000n)).toISOString().slice(0, 10);
      return `audit_${date.replaceAll("-", "")}`;
    });
    expect(await partitions()).toEqual([...days, "audit_default", "audit_default"]);
  });

  test("that are to be written soon come by themselves", async () => {
    await store.append([audit()], "soon");
    await until(async () => (await partitions()).length === 1);
  });

  test("that are to be written soon are written when the store closes", async () => {
    const other = await createPostgresStore({ connection: database.connection });
    await other.append([audit(), audit()], "soon");
    await other.close();
    expect(await partitions()).toHaveLength(2);
  });
});

describe("the clock", () => {
  test("is the database's", async () => {
    const [row] = await database.sql<{ now: Date }>("select clock_timestamp() as now");
    const apart = Math.abs(store.now() - (row?.now.getTime() ?? 0));
    expect(apart).toBeLessThan(60_000);
  });

  test("is not told, and no change is made, when it was not heard for five seconds", async () => {
    let skewMs = 0;
    const monotonic = () => performance.now() + skewMs;
    const other = await createPostgresStore({ connection: database.connection, monotonic });
    skewMs = 6000;
    expect(() => other.now()).toThrow("was not heard for 5 s");
    const outcome = await other.commit(creation("late"));
    expect(outcome).toMatchObject({ outcome: "failed", error: { code: "Unavailable" } });
    expect((await other.read(["late"])).size).toBe(0);
    await until(async () => (await other.health()).ready);
    expect(await other.commit(creation("late"))).toEqual({ outcome: "committed" });
    await other.close();
  });
});

describe("a database that will not do is refused in words", () => {
  test.each([
    ["synchronous_commit", "off", /synchronous_commit is off, .*: set synchronous_commit = on/],
    [
      "default_transaction_read_only",
      "on",
      "no connection to a primary: the server is a standby or read-only",
    ],
  ])("%s = %s", async (setting, value, refusal) => {
    const other = await makeDatabase();
    onTestFinished(() => other.drop());
    const name = other.connection.database;
    await other.sql(`alter database ${name} set ${setting} = ${value}`);
    await expect(createPostgresStore({ connection: other.connection })).rejects.toThrow(refusal);
  });

  test("unless it is said that its promises need not hold", async () => {
    const other = await makeDatabase();
    onTestFinished(() => other.drop());
    await other.sql(`alter database ${other.connection.database} set synchronous_commit = off`);
    const { connection } = other;
    await (await createPostgresStore({ connection, unsafeDurability: true })).close();
  });
});

describe("hosts", () => {
  test("are tried in their order until one is a primary", async () => {
    const standby = await makeDatabase();
    onTestFinished(() => standby.drop());
    const name = standby.connection.database;
    await standby.sql(`alter database ${name} set default_transaction_read_only = on`);
    const nobody = { ...database.connection, host: "/nowhere" };
    const connection = [nobody, standby.connection, database.connection];
    const other = await createPostgresStore({ connection });
    expect(await other.commit(creation("a"))).toEqual({ outcome: "committed" });
    expect((await store.read(["a"])).size).toBe(1);
    await other.close();
  });

  test("may stand in one URL", async () => {
    const { host = "", user, database: name } = database.connection;
    const socket = encodeURIComponent(host);
    const connection = `postgres://${user}@%2Fnowhere,${socket}/${name}`;
    const other = await createPostgresStore({ connection });
    expect(await other.health()).toEqual({ ready: true });
    await other.close();
  });

  test("that are none are told", async () => {
    const connection = "somewhere";
    await expect(createPostgresStore({ connection })).rejects.toThrow("not a connection URL");
  });
});

test("a closed store cannot be asked and makes no change", async () => {
  const other = await createPostgresStore({ connection: database.connection });
  await other.close();
  await expect(other.read(["a"])).rejects.toMatchObject({ code: "Unavailable" });
  expect(await other.commit(creation("a"))).toMatchObject({ outcome: "failed" });
  await expect(other.append([audit()], "soon")).rejects.toMatchObject({ code: "Unavailable" });
});
