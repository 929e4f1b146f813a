import { createPostgresStore, migrate } from "@akm/store-postgres";
import { beforeEach, expect, test } from "vitest";
import { makeDatabase, type TestDatabase } from "./support/database.ts";

let database: TestDatabase;

beforeEach(async () => {
  database = await makeDatabase(undefined, { migrated: false });
  return () => database.drop();
});

const open = () => createPostgresStore({ connection: database.connection });
const run = () => migrate({ connection: database.connection });

test("migrate makes what is missing, in order, and nothing twice", async () => {
  const made = await run();
  expect(made[0]).toBe("0001-schema.sql");
  expect(made).toEqual([...made].sort());
  expect(await run()).toEqual([]);
});

test("servers that migrate at the same moment make each migration once", async () => {
  const made = await Promise.all(Array.from({ length: 4 }, run));
  expect(made.flat().sort()).toEqual([...new Set(made.flat())].sort());
  expect(await run()).toEqual([]);
});

test("a store does not open on a database that was not migrated", async () => {
  await expect(open()).rejects.toThrow("no akm schema: migrate it first");
});

test("a store does not open on an older schema", async () => {
  await run();
  await database.sql("delete from akm.migration where number > 1");
  await expect(open()).rejects.toThrow(/schema is at 1, this akm needs \d: migrate it first/);
});

test("a migration that was changed after it was made is refused", async () => {
  await run();
  await database.sql("update akm.migration set checksum = '\\x00' where number = 2");
  await expect(run()).rejects.toThrow("0002-changes.sql was changed after the database made it");
});

test("a migration that is missing between others is refused", async () => {
  await run();
  await database.sql("delete from akm.migration where number = 2");
  await expect(run()).rejects.toThrow("migration 2 is missing from the database");
});

test("a newer schema that this version can share is served", async () => {
  await run();
  await database.sql("insert into akm.migration values (4, '0004-later.sql', '\\x00')");
  expect(await run()).toEqual([]);
  await (await open()).close();
});

test("a newer schema that this version must not write is refused", async () => {
  await run();
  await database.sql("update akm.schema_meta set min_writer = 99");
  const refusal = "the database's schema needs an akm that knows migration 99";
  await expect(run()).rejects.toThrow(refusal);
  await expect(open()).rejects.toThrow(refusal);
});
