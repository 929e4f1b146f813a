import type { AuditRecord, ChangeSet } from "@akm/store";
import { binaryArray } from "./binary-array.ts";
import { type Part, parts, type Row } from "./change-parts.ts";

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

/** Encodes and copies a change set. @throws RangeError where a number does not fit its column */
export function encodeChange(change: ChangeSet): EncodedChange {
  const first = change.audit[0];
  return {
    rows: parts.map((part) => part.rows(change)),
    audit: first && { id: first.id, at: first.at },
  };
}

/** One statement for all of these changes: it returns the server's clock. Changes of the same parts have the same text. */
export function changeStatement(changes: readonly EncodedChange[]): ChangeStatement {
  const calls: string[] = [];
  const used: number[] = [];
  const values: Buffer[] = [];
  for (const [at, part] of parts.entries()) {
    const rows = changes.flatMap((change) => change.rows[at] ?? []);
    if (rows.length === 0) continue;
    if (part.isAppended === undefined) rows.sort(byId(part.idCells));
    calls.push(callOf(part, values.length));
    values.push(...arraysOf(part, rows));
    used.push(at);
  }
  const text = `select ${[...calls, clockColumn].join(", ")}`;
  return { name: `change ${used.join(" ")}`, text, values };
}

/** `akm.take_claims($5::bytea[], $6::text[])` */
function callOf(part: Part, before: number): string {
  const parameters = part.types.map((type, at) => `$${before + at + 1}::${type}[]`);
  return `akm.${part.call}(${parameters.join(", ")})`;
}

function arraysOf(part: Part, rows: readonly Row[]): Buffer[] {
  return part.types.map((type, column) => {
    const cells = rows.map((row) => row[column] ?? null);
    return binaryArray(type, cells);
  });
}

/** The column in which an answer carries the server's clock: milliseconds since 1970. */
export const clockColumn = `extract(epoch from clock_timestamp())::float8 * 1000 as clock`;

/** What a change contends for, so that two that meet in a row are not put into one statement. Nobody meets in what is only appended. */
export function contended(change: EncodedChange): string[] {
  return parts.flatMap((part, at) =>
    part.isAppended
      ? []
      : (change.rows[at] ?? []).map((row) => {
          const id = row.slice(0, part.idCells).map((cell) => cell?.toString("latin1"));
          return `${part.table} ${id.join(" ")}`;
        }),
  );
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
