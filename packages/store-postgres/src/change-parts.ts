import type { ChangeSet, Claim, Removal, StoredKey, StoredObject, StoredRecord } from "@akm/store";
import {
  byteaCell,
  type Cell,
  type ElementType,
  int4Cell,
  int8Cell,
  textCell,
} from "./binary-array.ts";

/** A row as its cells, in the order of its part's arrays. */
export type Row = readonly Cell[];

/** A part of a change set: the function that makes it, the types of its arrays, and its rows. */
export interface Part {
  readonly call: string;
  /** What its rows contend for; parts of one table must not meet in a merged statement with the same first cells. */
  readonly table: string;
  readonly types: readonly ElementType[];
  /** Cells that identify a row, from the first on: rows are locked in the order of their bytes. */
  readonly idCells: number;
  /** Nobody waits for these rows: they stay in the caller's order. */
  readonly isAppended?: true;
  rows(change: ChangeSet): Row[];
}

/** The parts in the order in which their rows are locked: keys, objects, claims freed, claims taken, records, audit. */
export const parts: readonly Part[] = [
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
    rows: ({ freeClaims = [] }) => freeClaims.map(claimRow),
  },
  {
    call: "take_claims",
    table: "claim",
    types: ["bytea", "text"],
    idCells: 1,
    rows: ({ takeClaims = [] }) => takeClaims.map(claimRow),
  },
  {
    call: "put_records",
    table: "record",
    types: ["text", "text", "int8", "bytea", "bytea", "int4"],
    idCells: 2,
    rows: ({ putRecords = [] }) => putRecords.map(recordRow),
  },
  {
    call: "append_audit",
    table: "audit",
    types: ["text", "int8", "bytea"],
    idCells: 1,
    isAppended: true,
    rows: ({ audit }) =>
      audit.map((record) => [textCell(record.id), int8Cell(record.at), byteaCell(record.body)]),
  },
];

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

function claimRow({ claim, owner }: Claim): Row {
  return [byteaCell(claim), textCell(owner)];
}

function recordRow(record: StoredRecord): Row {
  return [
    textCell(record.kind),
    textCell(record.id),
    int8Cell(record.version),
    byteaCell(record.body),
    byteaCell(record.mac),
    int4Cell(record.macEpoch),
  ];
}
