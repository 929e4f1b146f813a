import { Fault, tagText, thrownFor } from "./error.ts";
import { headerBytes, itemTypeOf, type RawItem } from "./item.ts";
import { type Place, placeOf } from "./placed-item.ts";
import {
  checkWhole,
  codeAt,
  createReader,
  type DecodeOptions,
  faultAt,
  lengthAt,
  type Reader,
  sourceOf,
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
  return decodeAt({ source: sourceOf(bytes, 0), at: 0, end: bytes.length }, tag, type, options);
}

/**
 * Decodes an item that was left raw, as `decode` would have; the offsets of errors count from the message's start.
 * The limits count anew for this item.
 */
export function decodeRaw<T>(raw: RawItem, type: Type<T>, options: DecodeOptions = {}): T {
  return decodeAt(placeOf(raw), raw.tag, type, options);
}

function decodeAt<T>(place: Place, tag: number, type: Type<T>, options: DecodeOptions): T {
  const { source } = place;
  return twiceOnFault(
    (isCareful) => readWhole(createReader(source, { ...options, isCareful }), place, tag, type),
    options.path,
  );
}

/** What `work` makes quickly; after a fault it is done once more with care, to tell what is wrong and where. */
function twiceOnFault<T>(work: (isCareful: boolean) => T, path: string | undefined): T {
  try {
    return work(false);
  } catch (caught) {
    if (!(caught instanceof Fault)) throw caught;
  }
  try {
    return work(true);
  } catch (caught) {
    throw thrownFor(caught, path);
  }
}

function readWhole<T>(reader: Reader, { at, end }: Place, tag: number, type: Type<T>): T {
  checkWhole(reader, at, end);
  const found = tagAt(reader, at);
  if (found !== tag) {
    const text = `tag ${tagText(found)}, wanted ${tagText(tag)}`;
    throw faultAt(reader, "UnexpectedTag", at, text);
  }
  const code = codeAt(reader, at);
  if (!type.takes(code)) {
    const text = `tag ${tagText(tag)} has type ${itemTypeOf(code)}, wanted ${type.itemType}`;
    throw faultAt(reader, "WrongType", at + 3, text);
  }
  return type.read(reader, at + headerBytes, lengthAt(reader, at));
}

/**
 * The bytes of one item, exactly, never written to again by this package. Small ones lie side by side in a larger
 * buffer, as Node's own do: send or keep the bytes, do not transfer their `buffer`.
 *
 * @throws TtlvError `BadValue`, `BadTag`, `Missing`, `UnknownValue`, `UnexpectedTag`
 */
export function encode<T>(
  tag: number,
  type: Type<T>,
  value: T,
  options: EncodeOptions = {},
): Uint8Array {
  return twiceOnFault((isCareful) => {
    const writer = takeWriter();
    writer.edition = options.edition ?? Number.POSITIVE_INFINITY;
    writer.isCareful = isCareful;
    type.write(writer, tag, value);
    return giveBack(writer);
  }, options.path);
}

/** Encodes an item to be put into a structure later, by a field of type `rawItem`. */
export function encodeRaw<T>(
  tag: number,
  type: Type<T>,
  value: T,
  options: EncodeOptions = {},
): RawItem {
  const bytes = encode(tag, type, value, options);
  return { tag, type: itemTypeOf(bytes[3] as number), bytes, offset: 0 };
}

/** A buffer for many messages: making one costs more than writing a small message. */
const slabBytes = 32 * 1024;

/** What must be left of a slab for another message to begin in it: most then end in it too. */
const spareBytes = 8 * 1024;

/** The writer whose slab has room; empty while a call uses it, so that a getter may encode in between. */
const idle: Writer[] = [];

function takeWriter(): Writer {
  return idle.pop() ?? createWriter(slabBytes);
}

/** What the writer has written. A slab goes on behind it; a buffer that had to grow is not kept. */
function giveBack(writer: Writer): Uint8Array {
  const { bytes, start, at } = writer;
  if (bytes.length > slabBytes) return bytes.slice(start, at);
  writer.start = at;
  if (at <= slabBytes - spareBytes) idle[0] = writer;
  return new Uint8Array(bytes.buffer, start, at - start);
}
