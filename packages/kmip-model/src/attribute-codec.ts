import { decodeRaw, encodeRaw, TtlvError } from "@akm/ttlv";
import type { AttributeRow } from "./attribute.ts";
import { KmipError, reasonOf } from "./kmip-error.ts";
import type { AttributeStructure } from "./structures/index.ts";
import { tags } from "./tags.ts";
import type { Edition } from "./version.ts";

/** An attribute instance as its declaration reads it. */
export interface ReadAttribute<T = unknown> {
  readonly row: AttributeRow<T>;
  /** As given in the request; absent and 0 mean the same. */
  readonly index: number | undefined;
  readonly value: T;
}

/** How a value is to be read. */
export interface ReadOptions {
  readonly edition: Edition;
  /** For Locate: fields of a structure may be left out. KMIP 1.1 §4.9. */
  readonly asFilter?: boolean;
}

/**
 * Reads the value of an attribute by its declaration. Unknown fields within it are refused at every version.
 *
 * @throws KmipError `InvalidMessage` for a value of another type, `InvalidField` for one that is not allowed; the text
 * names the attribute
 */
export function readAttribute<T>(
  row: AttributeRow<T>,
  structure: AttributeStructure,
  { edition, asFilter = false }: ReadOptions,
): ReadAttribute<T> {
  const type = asFilter ? row.filterType : row.type;
  const value = read(() =>
    decodeRaw(structure.attributeValue, type, { edition, path: row.name }),
  ) as T;
  const wrong = asFilter ? undefined : row.check(value);
  if (wrong !== undefined) throw new KmipError("InvalidField", `${row.name} ${wrong}`);
  return { row, index: structure.attributeIndex, value };
}

function read<T>(decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof TtlvError)) throw error;
    throw new KmipError(reasonOf(error), error.message, { cause: error });
  }
}

/** One attribute instance for the wire: the index goes with attributes that may have several, 0 included. */
export function writeAttribute<T>(
  row: AttributeRow<T>,
  instance: { readonly index: number; readonly value: T },
  edition: Edition,
): AttributeStructure {
  return {
    attributeName: row.name,
    ...(row.many ? { attributeIndex: instance.index } : {}),
    attributeValue: encodeRaw(tags.AttributeValue, row.type, instance.value, { edition }),
  };
}
