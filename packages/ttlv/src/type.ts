import type { ItemType } from "./item.ts";
import type { Reader } from "./reader.ts";
import type { Writer } from "./writer.ts";

/**
 * How values of `T` stand on the wire. Declared with the makers of this package (`integer`, `structure`, …);
 * the members besides `itemType` are the closures that `decode` and `encode` run, not for calling.
 */
export interface Type<T> {
  /** The item type on the wire; `Any` when more than one is taken. */
  readonly itemType: ItemType | "Any";
  /** The type byte of the one item type, 0 when `takes` must be asked. */
  readonly code: number;
  /** Whether an item with this type byte can be read. */
  takes(code: number): boolean;
  /** Whether `value` looks like a `T`: tells the sides of `oneOf` apart when encoding. Shallow. */
  holds(value: unknown): boolean;
  /** Reads the value of `length` bytes at `at`; the header before it is checked, the value lies in bounds. */
  read(reader: Reader, at: number, length: number): T;
  /** Writes the whole item. */
  write(writer: Writer, tag: number, value: T): void;
}

/** The TypeScript type of a schema's values: `ValueOf<typeof integer>` is `number`. */
export type ValueOf<X> = X extends Type<infer T> ? T : never;
