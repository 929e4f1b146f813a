/** One value of an enumeration or a mask. More members are free for the declarer's use (a summary, a fallback). */
export interface EnumerationRow {
  /** The number on the wire: unsigned 32-bit; in a mask, one bit. */
  readonly code: number;
  /** The edition from which the value exists; left out, it always did. */
  readonly since?: number;
  /** Where the specification says so. */
  readonly section?: string;
  readonly [metadata: string]: unknown;
}

/** Name → the number on the wire, or a row with more to say. */
export type Rows = Readonly<Record<string, number | EnumerationRow>>;

/** The rows as one map, in the order of declaration. */
export function rowMap<N extends string>(rows: Rows): ReadonlyMap<N, EnumerationRow> {
  const entries = Object.entries(rows).map(([name, row]): [N, EnumerationRow] => [
    name as N,
    Object.freeze(typeof row === "number" ? { code: row } : { ...row }),
  ]);
  return new Map(entries);
}

/** A row with its name and a `since` that can be compared: what the closures read. */
export interface NamedRow<N extends string> {
  readonly name: N;
  readonly code: number;
  readonly since: number;
}

/**
 * The rows by number.
 *
 * @throws RangeError for a number that stands twice or is not unsigned 32-bit: a slip in the declaration
 */
export function rowsByCode<N extends string>(
  owner: string,
  rows: ReadonlyMap<N, EnumerationRow>,
): Map<number, NamedRow<N>> {
  const byCode = new Map<number, NamedRow<N>>();
  for (const [name, { code, since = Number.NEGATIVE_INFINITY }] of rows) {
    if (code !== code >>> 0)
      throw new RangeError(`${owner}.${name}: ${code} is no unsigned 32-bit`);
    if (byCode.has(code)) throw new RangeError(`${owner}.${name}: ${code} stands twice`);
    byCode.set(code, { name, code, since });
  }
  return byCode;
}
