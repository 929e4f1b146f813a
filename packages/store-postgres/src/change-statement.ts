import type { AuditRecord, ChangeSet } from "@akm/store";
import { binaryArray } from "./binary-array.ts";
import { type Part, parts, type Row } from "./change-parts.ts";

/** A change set in the form in which it is sent: the rows of the parts that it has, copied. */
export interface EncodedChange {
  readonly parts: readonly EncodedPart[];
  /** The record by which an unknown outcome is resolved, if the change has one. */
  readonly audit: AuditReference | undefined;
}

interface EncodedPart {
  /** Place of the part in `parts`. */
  readonly at: number;
  /** At least one. */
  readonly rows: readonly Row[];
}

/** Where to look an audit record up: the moment tells the partition. */
export type AuditReference = Pick<AuditRecord, "id" | "at">;

/** A named statement with its values, as the driver takes it. */
export interface ChangeStatement {
  readonly name: string;
  readonly text: string;
  readonly values: Buffer[];
}

/** Encodes and copies a change set. @throws RangeError where a number does not fit its column */
export function encodeChange(change: ChangeSet): EncodedChange {
  const [first] = change.audit;
  const encoded: EncodedPart[] = [];
  for (const [at, part] of parts.entries()) {
    const rows = part.rows(change);
    if (rows.length > 0) encoded.push({ at, rows });
  }
  return { parts: encoded, audit: first && { id: first.id, at: first.at } };
}

/** One statement for all of these changes: it returns the server's clock. Changes of the same parts have the same text. */
export function changeStatement(changes: readonly EncodedChange[]): ChangeStatement {
  const rowsOf: Row[][] = parts.map(() => []);
  for (const change of changes) for (const { at, rows } of change.parts) rowsOf[at]?.push(...rows);
  const used = [...parts.keys()].filter((at) => rowsOf[at]?.length !== 0);
  const values = used.flatMap((at) => arraysOf(parts[at] as Part, rowsOf[at] as Row[]));
  return { ...textOf(used), values };
}

type NamedText = Pick<ChangeStatement, "name" | "text">;
const texts = new Map<string, NamedText>();

/** The statement for changes of these parts, by their places. */
function textOf(used: readonly number[]): NamedText {
  const name = `change ${used.join(" ")}`;
  const known = texts.get(name);
  if (known !== undefined) return known;
  let before = 0;
  const calls = used.map((at) => {
    const part = parts[at] as Part;
    const call = callOf(part, before);
    before += part.types.length;
    return call;
  });
  const made = { name, text: `select ${[...calls, clockColumn].join(", ")}` };
  texts.set(name, made);
  return made;
}

/** `akm.take_claims($5::bytea[], $6::text[])` */
function callOf(part: Part, before: number): string {
  const parameters = part.types.map((type, at) => `$${before + at + 1}::${type}[]`);
  return `akm.${part.call}(${parameters.join(", ")})`;
}

/** An array for each column; rows that others may wait for are put in the order in which all lock them. */
function arraysOf(part: Part, rows: Row[]): Buffer[] {
  if (part.isAppended === undefined) rows.sort(byId(part.idCells));
  return part.types.map((type, column) => {
    const cells = rows.map((row) => row[column] ?? null);
    return binaryArray(type, cells);
  });
}

/** The column in which an answer carries the server's clock: milliseconds since 1970. */
export const clockColumn = `extract(epoch from clock_timestamp())::float8 * 1000 as clock`;

/** What a change contends for, so that two that meet in a row are not put into one statement. Nobody meets in what is only appended. */
export function contended(change: EncodedChange): string[] {
  const met: string[] = [];
  for (const { at, rows } of change.parts) {
    const { isAppended, idCells, table } = parts[at] as Part;
    if (isAppended) continue;
    for (const row of rows) {
      const id = row.slice(0, idCells).map((cell) => cell?.toString("latin1"));
      met.push(`${table} ${id.join(" ")}`);
    }
  }
  return met;
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
