import type { ReadObject, StoredKey, StoredRecord } from "@akm/store";
import pg from "pg";
import type { Texts } from "./row-query.ts";

/** Columns of an object in the order in which `objectOf` reads them. */
export const objectColumns =
  "id, version, key_id, body, sealed, seal_seq, mac, mac_epoch, initial_date";

/** An object of the port. @throws RangeError where its version is beyond what a number holds exactly */
export function objectOf(texts: Texts): ReadObject {
  const [id, version, keyId, body, sealed, sealSeq, mac, macEpoch, initialDate] = texts;
  return {
    id: id as string,
    version: versionOf(version),
    keyId: keyId ?? null,
    body: bytesOf(body),
    sealed: sealed == null ? null : bytesOf(sealed),
    sealSeq: Number(sealSeq),
    mac: bytesOf(mac),
    macEpoch: Number(macEpoch),
    initialDate: BigInt(initialDate as string),
  };
}

/** Columns of a key row in the order in which `keyOf` reads them. */
export const keyColumns = "id, version, body, mac, mac_epoch, due_at";

/** A key row of the port. @throws RangeError as `objectOf` */
export function keyOf([id, version, body, mac, macEpoch, dueAt]: Texts): StoredKey {
  return {
    id: id as string,
    version: versionOf(version),
    body: bytesOf(body),
    mac: bytesOf(mac),
    macEpoch: Number(macEpoch),
    dueAt: dueAt == null ? null : BigInt(dueAt),
  };
}

/** Columns of a record in the order in which `recordOf` reads them. */
export const recordColumns = "kind, id, version, body, mac, mac_epoch";

/** A record of the port. @throws RangeError as `objectOf` */
export function recordOf([kind, id, version, body, mac, macEpoch]: Texts): StoredRecord {
  return {
    kind: kind as StoredRecord["kind"],
    id: id as string,
    version: versionOf(version),
    body: bytesOf(body),
    mac: bytesOf(mac),
    macEpoch: Number(macEpoch),
  };
}

function versionOf(text: string | null | undefined): number {
  const version = Number(text);
  if (Number.isSafeInteger(version)) return version;
  throw new RangeError(`version ${text} is out of range`);
}

/** Bytes of a `bytea` that is not null: `\x` and hexadecimal digits. */
function bytesOf(text: string | null | undefined): Buffer {
  return Buffer.from((text as string).slice(2), "hex");
}

const int8 = 20;

/** How the driver reads what it reads by itself: every 64-bit integer is a bigint, whatever the engine names it; the rest is as the driver has it. */
export const rowTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    if (format !== "binary" && oid === int8) return BigInt;
    return pg.types.getTypeParser(oid, format);
  },
};
