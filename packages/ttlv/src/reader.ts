import { Fault, tagText } from "./error.ts";
import {
  anyLength,
  headerBytes,
  itemTypeOf,
  lengthRules,
  padded,
  someWords,
  wholeWords,
} from "./item.ts";
import { defaultLimits, type Limits } from "./limits.ts";

/** How bytes are read. */
export interface DecodeOptions {
  /** Fields and values that came after this edition are unknown; left out, all are known. */
  readonly edition?: number;
  /** What an unknown tag in a structure does; `refuse` unless given. Ignored items are still bounds-checked. */
  readonly unknownFields?: "refuse" | "ignore";
  /** `defaultLimits` unless given. */
  readonly limits?: Limits;
  /** Stands in front of the path of every error. */
  readonly path?: string;
}

/** Bytes that items lie in. */
export interface Source {
  readonly bytes: Uint8Array;
  /** On the same bytes. */
  readonly view: DataView;
  /** Where `bytes` begins within the message: errors count from the message's start. */
  readonly base: number;
}

/** One decoding under way: the bytes, what is allowed, and what has been counted so far. */
export interface Reader extends Source {
  readonly edition: number;
  readonly ignoresUnknown: boolean;
  readonly limits: Limits;
  readonly depthMax: number;
  /** Finds out what is wrong and where; otherwise a fault only tells that something is. */
  readonly isCareful: boolean;
  itemsLeft: number;
  depth: number;
}

/** Bytes that begin at `base` within their message, as a source. */
export function sourceOf(bytes: Uint8Array, base: number): Source {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), base };
}

/** A reader of a source that nothing was read of yet. */
export function createReader(
  { bytes, view, base }: Source,
  options: DecodeOptions & { readonly isCareful?: boolean },
): Reader {
  const limits = options.limits ?? defaultLimits;
  return {
    bytes,
    view,
    base,
    edition: options.edition ?? Number.POSITIVE_INFINITY,
    ignoresUnknown: options.unknownFields === "ignore",
    limits,
    depthMax: limits.depthMax,
    isCareful: options.isCareful ?? false,
    itemsLeft: limits.itemsMax,
    depth: 0,
  };
}

/** The fault `code` at `at`, counted from the start of the message. */
export function faultAt(reader: Reader, code: Fault["code"], at: number, text: string): Fault {
  return new Fault(code, reader.base + at, text);
}

/** The tag of the item whose header begins at `at`. */
export function tagAt(reader: Reader, at: number): number {
  return reader.view.getUint32(at) >>> 8;
}

/** The type byte of the item whose header begins at `at`. */
export function codeAt(reader: Reader, at: number): number {
  return reader.view.getUint8(at + 3);
}

/** The length that the header at `at` states. */
export function lengthAt(reader: Reader, at: number): number {
  return reader.view.getUint32(at + 4);
}

/** Enters the structure whose value begins at `at`. Throws Fault `TooDeep`; leave it by counting `depth` down. */
export function enter(reader: Reader, at: number): void {
  if (++reader.depth <= reader.depthMax) return;
  const text = `more than ${reader.depthMax} structures inside each other`;
  throw faultAt(reader, "TooDeep", at - headerBytes, text);
}

/**
 * Checks the form of the item whose header begins at `at` and lies wholly before `end`; counts it.
 *
 * @returns where the next item begins
 * @throws Fault `TooManyItems`, `BadType`, `BadLength`
 */
export function itemEnd(reader: Reader, at: number, end: number): number {
  const code = codeAt(reader, at);
  const length = lengthAt(reader, at);
  const next = at + headerBytes + padded(length);
  if (fits(code, length) && next <= end && --reader.itemsLeft >= 0) return next;
  throw formFault(reader, at, end);
}

/** Whether the type byte is one, and an item of this type may have this length. */
function fits(code: number, length: number): boolean {
  const rule = lengthRules[code] as number;
  if (rule > 0) return rule === length;
  if (rule === anyLength) return true;
  return rule !== 0 && (length & 7) === 0 && (length > 0 || rule === wholeWords);
}

function formFault(reader: Reader, at: number, end: number): Fault {
  const code = codeAt(reader, at);
  const length = lengthAt(reader, at);
  const rule = lengthRules[code] as number;
  const tag = tagText(tagAt(reader, at));
  if (rule === 0) return faultAt(reader, "BadType", at + 3, `tag ${tag} has type ${code}`);
  const found = `tag ${tag} has length ${length}`;
  if (!fits(code, length)) {
    const wanted =
      rule > 0 ? rule : rule === someWords ? "a multiple of 8 above 0" : "a multiple of 8";
    return faultAt(reader, "BadLength", at + 4, `${found}, ${itemTypeOf(code)} wants ${wanted}`);
  }
  if (at + headerBytes + padded(length) > end) {
    const room = end - at - headerBytes;
    return faultAt(reader, "BadLength", at + 4, `${found}, its structure has room for ${room}`);
  }
  return faultAt(reader, "TooManyItems", at, `more than ${reader.limits.itemsMax} items`);
}

/**
 * Checks that the bytes from `at` to `end` are one item, its own form included.
 *
 * @throws Fault `TooLong`, `Truncated`, `TrailingBytes`, and those of `itemEnd`
 */
export function checkWhole(reader: Reader, at: number, end: number): void {
  const size = end - at;
  const { messageBytesMax } = reader.limits;
  if (size > messageBytesMax) {
    throw faultAt(reader, "TooLong", at, `${size} bytes, at most ${messageBytesMax} are read`);
  }
  if (size < headerBytes) {
    throw faultAt(reader, "Truncated", end, `${size} bytes, a header takes ${headerBytes}`);
  }
  const claimed = at + headerBytes + padded(reader.view.getUint32(at + 4));
  const next = itemEnd(reader, at, claimed);
  if (next > end) {
    throw faultAt(reader, "Truncated", end, `${size} bytes, the header claims ${next - at}`);
  }
  if (next < end) {
    throw faultAt(reader, "TrailingBytes", next, `${end - next} bytes after the item`);
  }
}

/** Refuses bytes from `at` to `end` that are not all zero. */
export function checkPadding(reader: Reader, at: number, end: number): void {
  for (let i = at; i < end; i++) {
    if (reader.bytes[i] !== 0) throw faultAt(reader, "BadValue", i, "padding is not zero");
  }
}
