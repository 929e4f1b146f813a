import { createHmac } from "node:crypto";
import type { ReadObject, StoredKey, StoredRecord } from "@akm/store";
import { digest } from "./digest.ts";
import type { EpochKeys, Keyring } from "./epoch-keys.ts";
import { CryptoError } from "./error.ts";
import { equalBytes } from "./key-material.ts";
import { LengthPrefixedWriter } from "./length-prefixed.ts";

/** The rows under a MAC, by their table. */
export interface Rows {
  readonly object: ReadObject;
  readonly key: StoredKey;
  readonly record: StoredRecord;
}

/** A row before its MAC is made. */
export type Unstamped<Row> = Omit<Row, "mac" | "macEpoch">;

/** A value under a MAC: text is UTF-8, a number an unsigned integer of 64 bits, `null` an absent one. */
export type Column = string | number | Uint8Array | null;

/** What the MAC of a row covers beside its epoch, in this order for ever: all but the projections for searching. */
const columns: {
  readonly [Table in keyof Rows]: (row: Unstamped<Rows[Table]>) => readonly Column[];
} = {
  object: (row) => [
    row.id,
    row.version,
    row.keyId,
    row.sealed && digest(row.sealed),
    digest(row.body),
    row.sealSeq,
  ],
  key: (row) => [row.id, row.version, digest(row.body)],
  record: (row) => [row.kind, row.id, row.version, digest(row.body)],
};

/** The row with its MAC, made by the active epoch. */
export function stampRow<Table extends keyof Rows, Row extends Unstamped<Rows[Table]>>(
  table: Table,
  row: Row,
  { active }: Keyring,
): Row & Pick<Rows[Table], "mac" | "macEpoch"> {
  return { ...row, mac: macOf(table, row, active), macEpoch: active.epoch };
}

/**
 * Returns if the row is as this installation wrote it.
 *
 * @throws CryptoError `NotAuthentic`, or `UnknownEpoch` where the keyring lacks the key of its MAC
 */
export function checkRow<Table extends keyof Rows>(
  table: Table,
  row: Rows[Table],
  { epochs }: Keyring,
): void {
  const keys = epochs.get(row.macEpoch);
  if (keys === undefined) {
    throw new CryptoError("UnknownEpoch", `${table} ${row.id}: no key of epoch ${row.macEpoch}`);
  }
  if (!equalBytes(macOf(table, row, keys), row.mac)) {
    throw new CryptoError("NotAuthentic", `${table} ${row.id} was altered outside the server`);
  }
}

const fields = new LengthPrefixedWriter();

/** HMAC with SHA-256 over the table's name and the columns, each marked present or absent. 32 bytes. */
export function macColumns(table: string, values: readonly Column[], keys: EpochKeys): Uint8Array {
  fields.begin().part("akm/row/v1").part(keys.installId).part(table);
  for (const value of values) fields.optional(value);
  return createHmac("sha256", keys.row).update(fields.written()).digest();
}

function macOf<Table extends keyof Rows>(
  table: Table,
  row: Unstamped<Rows[Table]>,
  keys: EpochKeys,
): Uint8Array {
  return macColumns(table, [...columns[table](row), keys.epoch], keys);
}
