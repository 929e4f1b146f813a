/** The element types that a change set is made of, by their number in PostgreSQL's catalogue. */
export const elementTypes = { bytea: 17, int8: 20, int4: 23, text: 25 } as const;

/** Name of an element type. */
export type ElementType = keyof typeof elementTypes;

/** One value in PostgreSQL's binary form; `null` is SQL's null. */
export type Cell = Buffer | null;

/** A text in binary form. */
export function textCell(text: string): Buffer {
  return Buffer.from(text, "utf8");
}

/** A copy of bytes in binary form. */
export function byteaCell(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes);
}

/** A 64-bit integer in binary form. @throws RangeError where it needs more */
export function int8Cell(value: bigint | number): Buffer {
  const cell = Buffer.allocUnsafe(8);
  cell.writeBigInt64BE(BigInt(value));
  return cell;
}

/** A 32-bit integer in binary form. @throws RangeError where it needs more */
export function int4Cell(value: number): Buffer {
  const cell = Buffer.allocUnsafe(4);
  cell.writeInt32BE(value);
  return cell;
}

/**
 * An array of one dimension as PostgreSQL sends it: dimensions, whether it holds nulls, element type, length, first index, elements.
 * As text the same bytes would be hexadecimal inside quotes, twice as long, and strings, which cannot be wiped.
 */
export function binaryArray(type: ElementType, cells: readonly Cell[]): Buffer {
  const bytes = cells.reduce((sum, cell) => sum + 4 + (cell?.length ?? 0), 20);
  const array = Buffer.allocUnsafe(bytes);
  const header = [1, cells.includes(null) ? 1 : 0, elementTypes[type], cells.length, 1];
  let at = 0;
  for (const value of header) at = array.writeInt32BE(value, at);
  for (const cell of cells) {
    at = array.writeInt32BE(cell === null ? -1 : cell.length, at);
    if (cell !== null) at += cell.copy(array, at);
  }
  return array;
}
