import { randomUUID } from "node:crypto";
import type { ConnectionSettings } from "@akm/store-postgres";
import { migrate } from "@akm/store-postgres";
import pg from "pg";
import { inject } from "vitest";

/** A database of a test file's own. */
export interface TestDatabase {
  readonly connection: ConnectionSettings;
  /** Asks it, past the store; a table for each parameterless statement. */
  sql<Row extends object = Record<string, unknown>>(
    text: string,
    values?: unknown[],
  ): Promise<Row[]>;
  /** Empties the store. */
  clear(): Promise<void>;
  drop(): Promise<void>;
}

/** Makes an empty, migrated database on `server`; on the run's own where it is absent. */
export async function makeDatabase(
  server: ConnectionSettings = inject("server"),
  options: { migrated: boolean } = { migrated: true },
): Promise<TestDatabase> {
  const name = `akm_${randomUUID().replaceAll("-", "")}`;
  await once(server, `create database ${name} template template0 encoding 'UTF8'`);
  const connection = { ...server, database: name };
  if (options.migrated) await migrate({ connection });
  const client = new pg.Client({ ...connection });
  client.on("error", () => undefined);
  await client.connect();
  return {
    connection,
    sql: async <Row extends object>(text: string, values?: unknown[]) =>
      (await client.query<Row>(text, values)).rows,
    async clear() {
      await client.query("truncate akm.object, akm.key, akm.claim, akm.record, akm.audit");
    },
    async drop() {
      await client.end();
      await once(server, `drop database ${name} with (force)`);
    },
  };
}

async function once(connection: ConnectionSettings, text: string): Promise<void> {
  const client = new pg.Client({ ...connection });
  await client.connect();
  await client.query(text);
  await client.end();
}
