import type { ReadObject, StoredKey, StoredRecord } from "@akm/store";
import pg from "pg";

/** A row with the version as the driver hands it over. */
export type Raw<Row extends { version: number }> = Omit<Row, "version"> & { version: bigint };

/** Columns of an object as it is read, named as the port names them. */
export const objectColumns = `id, version, key_id as "keyId", body, sealed, seal_seq as "sealSeq", mac,
  mac_epoch as "macEpoch", initial_date as "initialDate"`;

/** Columns of a key row, likewise. */
export const keyColumns = `id, version, body, mac, mac_epoch as "macEpoch", due_at as "dueAt"`;

/** Columns of a record, likewise. */
export const recordColumns = `kind, id, version, body, mac, mac_epoch as "macEpoch"`;

/** A row of the port. @throws RangeError where its version is beyond what a number holds exactly */
export function fromRaw<Row extends ReadObject | StoredKey | StoredRecord>(raw: Raw<Row>): Row {
  const version = Number(raw.version);
  if (!Number.isSafeInteger(version))
    throw new RangeError(`version ${raw.version} is out of range`);
  (raw as { version: unknown }).version = version;
  return raw as unknown as Row;
}

const int8 = 20;

/** How the driver reads columns: every 64-bit integer is a bigint, whatever the engine names it; the rest is as the driver has it. */
export const rowTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    if (format !== "binary" && oid === int8) return BigInt;
    return pg.types.getTypeParser(oid, format);
  },
};
