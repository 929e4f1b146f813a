import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { StoreError } from "@akm/store";
import type pg from "pg";
import { sqlState } from "./failure.ts";

/** A numbered step of the schema. */
export interface Migration {
  readonly number: number;
  /** `0001-schema.sql` */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file. */
  readonly checksum: Buffer;
}

/** The folder lies beside `src` and beside `dist`. */
const folder = new URL("../migrations/", import.meta.url);

/** The migrations that this code brings, in their order: 1, 2, 3 … */
export async function readMigrations(): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, folder), "utf8");
      const checksum = createHash("sha256").update(sql).digest();
      return { number: Number.parseInt(name, 10), name, sql, checksum };
    }),
  );
}

/**
 * Refuses a database whose schema this code must not read or write: one that is missing, older, or so much newer that it says so itself
 * (a schema that the next version can share with this one allows both).
 *
 * @throws StoreError `Unavailable`
 */
export async function checkSchema(client: pg.ClientBase): Promise<void> {
  const ours = (await readMigrations()).length;
  const theirs = await schemaOf(client);
  if (theirs === undefined) refuse("the database has no akm schema: migrate it first");
  if (theirs.number < ours)
    refuse(
      `the database's schema is at ${theirs.number}, this akm needs ${ours}: migrate it first`,
    );
  const least = Math.max(theirs.minReader, theirs.minWriter);
  if (least > ours)
    refuse(
      `the database's schema needs an akm that knows migration ${least}, this one ends at ${ours}`,
    );
}

interface Schema {
  /** The last migration that was made. */
  readonly number: number;
  readonly minReader: number;
  readonly minWriter: number;
}

/** The schema that stands; `undefined` where there is none. */
async function schemaOf(client: pg.ClientBase): Promise<Schema | undefined> {
  try {
    const { rows } = await client.query<Schema>(
      `select (select coalesce(max(number), 0) from akm.migration) as number,
        min_reader as "minReader", min_writer as "minWriter" from akm.schema_meta`,
    );
    return rows[0];
  } catch (error) {
    if (["42P01", "3F000"].includes(sqlState(error) ?? "")) return undefined;
    throw error;
  }
}

function refuse(text: string): never {
  throw new StoreError("Unavailable", text);
}
