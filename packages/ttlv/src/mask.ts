import { TtlvError } from "./error.ts";
import { itemTypes } from "./item.ts";
import { faultAt } from "./reader.ts";
import { type EnumerationRow, type NamedRow, type Rows, rowMap, rowsByCode } from "./rows.ts";
import type { Type } from "./type.ts";
import { only, readUint32 } from "./types.ts";
import { faultHere, misfit, tagAndType, writeWord } from "./writer.ts";

/** A bit mask: in TypeScript the names of the bits that are set, in bit order; on the wire an Integer. */
export interface Mask<N extends string> extends Type<readonly N[]> {
  readonly name: string;
  /** In the order of declaration. */
  readonly rows: ReadonlyMap<N, EnumerationRow>;
  /** The bits of the names, unsigned; the order and repetitions do not matter. Throws TtlvError `UnknownValue`. */
  bitsOf(names: readonly N[]): number;
  /** The names of the bits, signed or unsigned, lowest bit first. Throws TtlvError `UnknownValue`. */
  namesOf(bits: number): readonly N[];
}

/**
 * Declares a bit mask by its rows. Decoding refuses a bit that no row has, or whose row is newer than the
 * edition (`UnknownValue`).
 *
 * @throws RangeError for a row that is not one bit, or a bit that stands twice. KMIP 1.1 §9.1.3.3.
 */
export function mask<const R extends Rows>(name: string, rows: R): Mask<keyof R & string> {
  return fromRows(name, rowMap<keyof R & string>(rows));
}

function fromRows<N extends string>(name: string, rows: ReadonlyMap<N, EnumerationRow>): Mask<N> {
  const byBit = rowsByBit(name, rows);
  return {
    name,
    rows,
    ...only("Integer"),
    holds: (value) => Array.isArray(value) && value.every((each) => rows.has(each)),
    bitsOf(names) {
      const bits = bitsOf(rows, names);
      if (bits === undefined) throw new TtlvError("UnknownValue", `${name} has no such name`);
      return bits;
    },
    namesOf(bits) {
      const names = namesOf(byBit, bits, Number.POSITIVE_INFINITY);
      if (names === undefined) throw new TtlvError("UnknownValue", unknownBits(name, bits));
      return names;
    },
    read(reader, at) {
      const bits = readUint32(reader, at);
      const names = namesOf(byBit, bits, reader.edition);
      if (names === undefined) throw faultAt(reader, "UnknownValue", at, unknownBits(name, bits));
      return names;
    },
    write(writer, tag, value) {
      if (!Array.isArray(value)) {
        throw misfit(writer, "Integer", value);
      }
      const bits = bitsOf(rows, value);
      if (bits === undefined) throw faultHere(writer, "UnknownValue", `${name} has no such name`);
      writeWord(writer, tagAndType(tag, itemTypes.Integer), bits);
    },
  };
}

function rowsByBit<N extends string>(
  owner: string,
  rows: ReadonlyMap<N, EnumerationRow>,
): readonly NamedRow<N>[] {
  const byCode = rowsByCode(owner, rows);
  for (const { name, code } of byCode.values()) {
    if (code === 0 || (code & (code - 1)) !== 0) {
      throw new RangeError(`${owner}.${name}: ${code} is not one bit`);
    }
  }
  return [...byCode.values()].sort((a, b) => a.code - b.code);
}

function bitsOf<N extends string>(
  rows: ReadonlyMap<N, EnumerationRow>,
  names: readonly N[],
): number | undefined {
  let bits = 0;
  for (const name of names) {
    const row = rows.get(name);
    if (row === undefined) return undefined;
    bits |= row.code;
  }
  return bits >>> 0;
}

function namesOf<N extends string>(
  byBit: readonly NamedRow<N>[],
  bits: number,
  edition: number,
): readonly N[] | undefined {
  const names: N[] = [];
  let left = bits | 0;
  for (const { name, code, since } of byBit) {
    if (left === 0) break;
    if ((left & code) === 0 || since > edition) continue;
    names.push(name);
    left &= ~code;
  }
  return left === 0 ? names : undefined;
}

function unknownBits(name: string, bits: number): string {
  return `${name} does not know every bit of 0x${(bits >>> 0).toString(16).toUpperCase()}`;
}
