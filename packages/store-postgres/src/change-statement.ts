import type { AuditRecord, ChangeSet, Removal, StoredKey, StoredObject } from "@akm/store";
import {
  binaryArray,
  byteaCell,
  type Cell,
  type ElementType,
  int4Cell,
  int8Cell,
  textCell,
} from "./binary-array.ts";

/** A change set in the form in which it is sent: a list of rows for each part, copied. */
export interface EncodedChange {
  readonly rows: readonly (readonly Row[])[];
  /** The record by which an unknown outcome is resolved, if the change has one. */
  readonly audit: AuditReference | undefined;
}

/** Where to look an audit record up: the moment tells the partition. */
export type AuditReference = Pick<AuditRecord, "id" | "at">;

/** A named statement with its values, as the driver takes it. */
export interface ChangeStatement {
  readonly name: string;
  readonly text: string;
  readonly values: Buffer[];
}

type Row = readonly Cell[];

/** A part of a change set: the function that makes it, the types of its arrays, and its rows. */
interface Part {
  readonly call: string;
  /** What its rows contend for; parts of one table must not meet in a merged statement with the same first cells. */
  readonly table: string;
  readonly types: readonly ElementType[];
  /** Cells that identify a row, from the first on: rows are locked in the order of their bytes. */
  readonly idCells: number;
  rows(change: ChangeSet): Row[];
}

/** In the order in which rows are locked: keys, objects, claims freed, claims taken, records, audit. */
const parts: readonly Part[] = [
  {
    call: "change_keys",
    table: "key",
    types: ["text", "int8", "bytea", "bytea", "int4", "int8"],
    idCells: 1,
    rows: (change) => [
      ...(change.putKeys ?? []).map(keyRow),
      ...(change.removeKeys ?? []).map((removal) => removalRow(removal, 6)),
    ],
  },
  {
    call: "change_objects",
    table: "object",
    types: ["text", "int8", "text", "bytea", "bytea", "int4", "bytea", "int4", "text", "int8"],
    idCells: 1,
    rows: (change) => [
      ...(change.putObjects ?? []).map(objectRow),
      ...(change.removeObjects ?? []).map((removal) => removalRow(removal, 10)),
    ],
  },
  {
    call: "free_claims",
    table: "claim",
    types: ["bytea", "text"],
    idCells: 1,
    rows: ({ freeClaims = [] }) =>
      freeClaims.map(({ claim, owner }) => [byteaCell(claim), textCell(owner)]),
  },
  {
    call: "take_claims",
    table: "claim",
    types: ["bytea", "text"],
    idCells: 1,
    rows: ({ takeClaims = [] }) =>
      takeClaims.map(({ claim, owner }) => [byteaCell(claim), textCell(owner)]),
  },
  {
    call: "put_records",
    table: "record",
    types: ["text", "text", "int8", "bytea", "bytea", "int4"],
    idCells: 2,
    rows: ({ putRecords = [] }) =>
      putRecords.map((record) => [
        textCell(record.kind),
        textCell(record.id),
        int8Cell(record.version),
        byteaCell(record.body),
        byteaCell(record.mac),
        int4Cell(record.macEpoch),
      ]),
  },
  {
    call: "append_audit",
    table: "audit",
    types: ["text", "int8", "bytea"],
    idCells: 1,
    rows: ({ audit }) =>
      audit.map((record) => [textCell(record.id), int8Cell(record.at), byteaCell(record.body)]),
  },
];

/** Encodes and copies a change set. @throws RangeError where a number does not fit its column */
export function encodeChange(change: ChangeSet): EncodedChange {
  const first = change.audit[0];
  return {
    rows: parts.map((part) => part.rows(change)),
    audit: first && { id: first.id, at: first.at },
  };
}

/** One statement for all of these changes: it returns the server's clock in milliseconds. */
export function changeStatement(changes: readonly EncodedChange[]): ChangeStatement {
  const calls: string[] = [];
  const used: number[] = [];
  const values: Buffer[] = [];
  parts.forEach((part, at) => {
    const rows = changes.flatMap(({ rows }) => rows[at] ?? []);
    if (rows.length === 0) return;
    if (part.table !== "audit" && rows.length > 1) rows.sort(byId(part.idCells));
    const parameters = part.types.map((type, column) => {
      values.push(
        binaryArray(
          type,
          rows.map((row) => row[column] ?? null),
        ),
      );
      return `$${values.length}::${type}[]`;
    });
    calls.push(`akm.${part.call}(${parameters.join(", ")})`);
    used.push(at);
  });
  const text = `select ${[...calls, clock].join(", ")}`;
  return { name: `change ${used.join(" ")}`, text, values };
}

/** The columns in which an answer carries the server's clock: milliseconds since 1970. */
export const clock = `extract(epoch from clock_timestamp())::float8 * 1000 as clock`;

/** What a change contends for, so that two that meet in a row are not put into one statement. */
export function contended(change: EncodedChange): string[] {
  return parts.flatMap((part, at) =>
    (change.rows[at] ?? []).map((row) => {
      const id = row.slice(0, part.idCells).map((cell) => cell?.toString("latin1"));
      return `${part.table} ${id.join(" ")}`;
    }),
  );
}

function keyRow(key: StoredKey): Row {
  return [
    textCell(key.id),
    int8Cell(key.version),
    byteaCell(key.body),
    byteaCell(key.mac),
    int4Cell(key.macEpoch),
    key.dueAt === null ? null : int8Cell(key.dueAt),
  ];
}

function objectRow(object: StoredObject): Row {
  return [
    textCell(object.id),
    int8Cell(object.version),
    object.keyId === null ? null : textCell(object.keyId),
    byteaCell(object.body),
    object.sealed === null ? null : byteaCell(object.sealed),
    int4Cell(object.sealSeq),
    byteaCell(object.mac),
    int4Cell(object.macEpoch),
    textCell(`{${object.terms.join(",")}}`),
    int8Cell(object.initialDate),
  ];
}

/** A row without a body, or anything but its id and version. */
function removalRow({ id, version }: Removal, cells: number): Row {
  return [textCell(id), int8Cell(version), ...new Array<null>(cells - 2).fill(null)];
}

function byId(idCells: number): (a: Row, b: Row) => number {
  return (a, b) => {
    for (let at = 0; at < idCells; at++) {
      const difference = Buffer.compare(a[at] ?? nothing, b[at] ?? nothing);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

const nothing = Buffer.alloc(0);
