import { tagText, thrownFor } from "./error.ts";
import { headerBytes, itemTypeOf, type RawItem } from "./item.ts";
import { rawItem } from "./raw-item.ts";
import {
  checkWhole,
  codeAt,
  createReader,
  type DecodeOptions,
  faultAt,
  lengthAt,
  tagAt,
} from "./reader.ts";
import type { Type } from "./type.ts";
import { createWriter, type EncodeOptions, type Writer } from "./writer.ts";

/**
 * The value of `bytes`, which must be exactly one item with this tag. Byte Strings in it are views on `bytes`.
 *
 * @throws TtlvError, and nothing else
 */
export function decode<T>(
  tag: number,
  type: Type<T>,
  bytes: Uint8Array,
  options: DecodeOptions = {},
): T {
  return decodeAt({ tag, bytes, offset: 0 }, type, options);
}

/**
 * Decodes an item that was left raw, as `decode` would have; the offsets of errors count from the message's start.
 * The limits count anew for this item.
 */
export function decodeRaw<T>(raw: RawItem, type: Type<T>, options: DecodeOptions = {}): T {
  return decodeAt(raw, type, options);
}

function decodeAt<T>(
  { tag, bytes, offset }: Pick<RawItem, "tag" | "bytes" | "offset">,
  type: Type<T>,
  options: DecodeOptions,
): T {
  const reader = createReader(bytes, offset, options);
  try {
    checkWhole(reader);
    const found = tagAt(reader, 0);
    if (found !== tag) {
      const text = `tag ${tagText(found)}, wanted ${tagText(tag)}`;
      throw faultAt(reader, "UnexpectedTag", 0, text);
    }
    const code = codeAt(reader, 0);
    if (!type.takes(code)) {
      const text = `tag ${tagText(tag)} has type ${itemTypeOf(code)}, wanted ${type.itemType}`;
      throw faultAt(reader, "WrongType", 3, text);
    }
    return type.read(reader, headerBytes, lengthAt(reader, 0));
  } catch (caught) {
    throw thrownFor(caught, options.path);
  }
}

/**
 * The bytes of one item: a buffer of their own, of exactly their size.
 *
 * @throws TtlvError `BadValue`, `BadTag`, `Missing`, `UnknownValue`, `UnexpectedTag`
 */
export function encode<T>(
  tag: number,
  type: Type<T>,
  value: T,
  options: EncodeOptions = {},
): Uint8Array {
  const writer = takeWriter();
  writer.edition = options.edition ?? Number.POSITIVE_INFINITY;
  try {
    type.write(writer, tag, value);
    return writer.bytes.slice(0, writer.at);
  } catch (caught) {
    throw thrownFor(caught, options.path);
  } finally {
    giveBack(writer);
  }
}

/** Encodes an item to be put into a structure later, by a field of type `rawItem`. */
export function encodeRaw<T>(
  tag: number,
  type: Type<T>,
  value: T,
  options: EncodeOptions = {},
): RawItem {
  const bytes = encode(tag, type, value, options);
  const reader = createReader(bytes, 0, {});
  return rawItem.read(reader, headerBytes, lengthAt(reader, 0));
}

/** A buffer for most messages; one that had to grow beyond it is not kept. */
const pooledBytes = 64 * 1024;

// Scratch space: empty between calls (what was written is wiped), and away while a call uses it.
const pool: Writer[] = [];

function takeWriter(): Writer {
  return pool.pop() ?? createWriter(pooledBytes);
}

function giveBack(writer: Writer): void {
  writer.bytes.fill(0, 0, writer.at);
  writer.at = 0;
  if (writer.bytes.length === pooledBytes && pool.length === 0) pool.push(writer);
}
