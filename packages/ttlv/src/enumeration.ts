import { TtlvError } from "./error.ts";
import { itemTypes } from "./item.ts";
import { faultAt } from "./reader.ts";
import { type EnumerationRow, type NamedRow, type Rows, rowMap, rowsByCode } from "./rows.ts";
import type { Type } from "./type.ts";
import { enumerationCode, only, readUint32 } from "./types.ts";
import { described, faultHere, tagAndType, type Writer, writeWord } from "./writer.ts";

/** An enumeration: in TypeScript a value is the row's name, only the wire has numbers. */
export interface Enumeration<N extends string> extends Type<N> {
  readonly name: string;
  /** In the order of declaration. */
  readonly rows: ReadonlyMap<N, EnumerationRow>;
  /** The number of a name. Throws TtlvError `UnknownValue`. */
  codeOf(name: N): number;
  /** The name of a number, of whatever edition. */
  nameOf(code: number): N | undefined;
  /** The same, but an unknown number decodes to itself, and a number encodes as it is. */
  readonly open: OpenEnumeration<N>;
}

/** An enumeration that lets unknown numbers through. */
export interface OpenEnumeration<N extends string> extends Type<N | number> {
  readonly name: string;
  readonly rows: ReadonlyMap<N, EnumerationRow>;
}

/**
 * Declares an enumeration by its rows. Decoding refuses a number that no row has, or whose row is newer than
 * the edition (`UnknownValue`); encoding writes the number of any name, of whatever edition.
 *
 * @throws RangeError for a number that stands twice or is not unsigned 32-bit. KMIP 1.1 §9.1.3.2.
 */
export function enumeration<const R extends Rows>(
  name: string,
  rows: R,
): Enumeration<keyof R & string> {
  return fromRows(name, rowMap<keyof R & string>(rows));
}

function fromRows<N extends string>(
  name: string,
  rows: ReadonlyMap<N, EnumerationRow>,
): Enumeration<N> {
  const byCode = rowsByCode(name, rows);
  const find = knownRow(byCode);
  return {
    ...only("Enumeration"),
    name,
    rows,
    open: openEnumeration(name, rows, find),
    holds: (value) => rows.has(value as N),
    codeOf(value) {
      const row = rows.get(value);
      if (row === undefined) throw new TtlvError("UnknownValue", `${name} has no such name`);
      return row.code;
    },
    nameOf: (code) => byCode.get(code)?.name,
    read(reader, at) {
      const code = readUint32(reader, at);
      const row = find(code, reader.edition);
      if (row !== undefined) return row.name;
      const text = `${name} has no value 0x${code.toString(16).toUpperCase()}`;
      throw faultAt(reader, "UnknownValue", at, text);
    },
    write: (writer, tag, value) => writeName(writer, tag, value, { name, rows }),
  };
}

function openEnumeration<N extends string>(
  name: string,
  rows: ReadonlyMap<N, EnumerationRow>,
  find: Find<N>,
): OpenEnumeration<N> {
  return {
    ...only("Enumeration"),
    name,
    rows,
    holds: (value) => rows.has(value as N) || enumerationCode.holds(value),
    read(reader, at) {
      const code = readUint32(reader, at);
      return find(code, reader.edition)?.name ?? code;
    },
    write(writer, tag, value) {
      if (typeof value === "number") enumerationCode.write(writer, tag, value);
      else writeName(writer, tag, value, { name, rows });
    },
  };
}

type Find<N extends string> = (code: number, edition: number) => NamedRow<N> | undefined;

/** Most numbers are small: they are found in an array, the extensions (0x8…) in the map. */
function knownRow<N extends string>(byCode: ReadonlyMap<number, NamedRow<N>>): Find<N> {
  const dense = Array.from({ length: 64 }, (_, code) => byCode.get(code));
  return (code, edition) => {
    const row = code < 64 ? dense[code] : byCode.get(code);
    return row !== undefined && row.since <= edition ? row : undefined;
  };
}

function writeName<N extends string>(
  writer: Writer,
  tag: number,
  value: N,
  { name, rows }: Pick<Enumeration<N>, "name" | "rows">,
): void {
  const row = rows.get(value);
  if (row === undefined) {
    const found = typeof value === "string" ? `"${value}"` : described(value);
    throw faultHere(writer, "UnknownValue", `${name} has no ${found}`);
  }
  writeWord(writer, tagAndType(tag, itemTypes.Enumeration), row.code);
}
