import { Fault, tagText } from "./error.ts";
import type { Fields } from "./field.ts";
import type { Reader } from "./reader.ts";
import type { Writer } from "./writer.ts";

/** A field as the closures read it: one shape for all, nothing left to look up. */
export interface CompiledField {
  readonly name: string;
  readonly tag: number;
  /** The type byte wanted, 0 when `takes` must be asked. */
  readonly code: number;
  readonly repeats: boolean;
  readonly atLeast: number;
  /** Minus infinity when the field is known at every edition. */
  readonly since: number;
  takes(code: number): boolean;
  read(reader: Reader, at: number, length: number): unknown;
  write(writer: Writer, tag: number, value: unknown): void;
}

/** The fields in wire order. Throws RangeError for a tag that stands twice. */
export function compileFields(fields: Fields): readonly CompiledField[] {
  const owners = new Map<number, string>();
  return Object.entries(fields).map(([name, { tag, type, presence, atLeast, since, always }]) => {
    const owner = owners.get(tag);
    if (owner !== undefined) throw new RangeError(`${name} has the tag of ${owner}`);
    owners.set(tag, name);
    return {
      name,
      tag,
      code: type.code,
      repeats: presence === "repeated",
      atLeast,
      since: since === undefined || always ? Number.NEGATIVE_INFINITY : since,
      takes: type.takes,
      read: type.read,
      write: type.write,
    };
  });
}

/**
 * Puts the member's name, and for a repeated one its place in the array, in front of a fault's path.
 *
 * @returns what was caught, to be thrown on
 */
export function within(caught: unknown, field: CompiledField, index: number): unknown {
  if (caught instanceof Fault)
    caught.within(field.repeats ? `${field.name}[${index}]` : field.name);
  return caught;
}

/** What a `Missing` says, reading and writing alike. */
export function missingText({ tag, atLeast }: CompiledField): string {
  return `tag ${tagText(tag)} is missing${atLeast > 1 ? `, at least ${atLeast} are wanted` : ""}`;
}
