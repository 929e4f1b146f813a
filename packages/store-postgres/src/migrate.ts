import { StoreError } from "@akm/store";
import type pg from "pg";
import { openConnections } from "./connections.ts";
import type { Connection } from "./hosts.ts";
import { type Log, silence } from "./log.ts";
import { checkSchema, type Migration, readMigrations } from "./schema.ts";

/** What to migrate, and who hears of it. */
export interface MigrateOptions {
  readonly connection: Connection;
  readonly log?: Log;
}

/** Time for all migrations together. */
const deadlineMs = 3_600_000;

/**
 * Brings the database's schema up to this code: each migration that it lacks, in order, in a transaction of its own. Several may
 * try at once. Returns the names of those that it made.
 *
 * @throws StoreError `Unavailable` where an earlier migration was changed or is missing, or the database is too new
 */
export async function migrate({ connection, log = silence }: MigrateOptions): Promise<string[]> {
  const connections = openConnections(connection, 1, log);
  try {
    const migrations = await readMigrations();
    return await connections.use(async ({ client }) => {
      await client.query("set statement_timeout = 0");
      const made: string[] = [];
      for (const migration of migrations)
        if (await transaction(client, () => step(client, migrations, migration))) {
          log("migration.made", { name: migration.name });
          made.push(migration.name);
        }
      await checkSchema(client);
      return made;
    }, deadlineMs);
  } finally {
    await connections.close();
  }
}

/** Makes one migration if the database lacks it; whether it did. */
async function step(
  client: pg.ClientBase,
  migrations: readonly Migration[],
  migration: Migration,
): Promise<boolean> {
  // Held to the end of the transaction; it spares the others an error, and nothing rests on it: two that made the same step would collide.
  await client.query("select pg_advisory_xact_lock(hashtext('akm.migration'))");
  await client.query(`
    create schema if not exists akm;
    create table if not exists akm.migration (
      number integer primary key, name text not null, checksum bytea not null, made_at timestamptz not null default now()
    )`);
  const made = await client.query<Omit<Migration, "sql">>(
    "select number, name, checksum from akm.migration order by number",
  );
  refuseAltered(made.rows, migrations);
  if (made.rows.length >= migration.number) return false;
  await client.query(migration.sql);
  await client.query("insert into akm.migration (number, name, checksum) values ($1, $2, $3)", [
    migration.number,
    migration.name,
    migration.checksum,
  ]);
  return true;
}

/** What was made must be what this code brings, from the first on; beyond its last it may be newer. */
function refuseAltered(made: readonly Omit<Migration, "sql">[], ours: readonly Migration[]): void {
  made.forEach(({ number, name, checksum }, at) => {
    if (number !== at + 1)
      refuse(`migration ${at + 1} is missing from the database, ${name} is not`);
    const own = ours[at];
    if (own !== undefined && !own.checksum.equals(checksum))
      refuse(`migration ${own.name} was changed after the database made it`);
  });
}

/** Runs `work` in a transaction. The driver resolves a COMMIT that the server turned into a roll-back: its tag tells. */
async function transaction<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query("begin");
  try {
    const result = await work();
    const { command } = await client.query("commit");
    if (command !== "COMMIT") refuse(`the server answered ${command} to COMMIT`);
    return result;
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

function refuse(text: string): never {
  throw new StoreError("Unavailable", text);
}
