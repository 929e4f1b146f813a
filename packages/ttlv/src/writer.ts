import { Fault } from "./error.ts";
import { headerBytes, type ItemType } from "./item.ts";

/** How values are written. */
export interface EncodeOptions {
  /** Fields that came after this edition are left out; without it, all are written. */
  readonly edition?: number;
  /** Stands in front of the path of every error. */
  readonly path?: string;
}

/**
 * One encoding under way: a buffer that grows, where the item begins in it, and how far it is written.
 * Bytes from `at` on are undefined.
 */
export interface Writer {
  bytes: Uint8Array;
  view: DataView;
  start: number;
  at: number;
  edition: number;
  /** Finds out what is wrong and where; otherwise a fault only tells that something is. */
  isCareful: boolean;
}

/** A writer at the front of a buffer of `capacity` bytes. */
export function createWriter(capacity: number): Writer {
  const bytes = new Uint8Array(capacity);
  const view = new DataView(bytes.buffer);
  return { bytes, view, start: 0, at: 0, edition: Number.POSITIVE_INFINITY, isCareful: false };
}

/** The fault `code` where the writer stands. */
export function faultHere(writer: Writer, code: Fault["code"], text: string): Fault {
  return new Fault(code, writer.at - writer.start, text);
}

/** The fault of a value that the item type cannot hold. */
export function misfit(writer: Writer, itemType: ItemType, value: unknown): Fault {
  return faultHere(writer, "BadValue", `${itemType} cannot hold ${described(value)}`);
}

/** What stands in an error's text for a value: a number as it is, of all else only the kind. */
export function described(value: unknown): string {
  return typeof value === "number" ? String(value) : `a value of type ${typeof value}`;
}

/** Makes room for `size` bytes more, at the amortised cost of one copy. What is written keeps its place. */
export function reserve(writer: Writer, size: number): void {
  const needed = writer.at + size;
  if (needed > writer.bytes.length) grow(writer, needed);
}

function grow(writer: Writer, needed: number): void {
  const bytes = new Uint8Array(Math.max(needed, 2 * writer.bytes.length));
  bytes.set(writer.bytes.subarray(writer.start, writer.at), writer.start);
  writer.bytes = bytes;
  writer.view = new DataView(bytes.buffer);
}

/** Writes a header; `size` bytes after it are reserved with it. */
export function writeHeader(
  writer: Writer,
  tagAndType: number,
  length: number,
  size: number,
): void {
  reserve(writer, headerBytes + size);
  const { view, at } = writer;
  view.setUint32(at, tagAndType);
  view.setUint32(at + 4, length);
  writer.at = at + headerBytes;
}

/** The first four bytes of a header as one number; `>>> 0` is not needed, the view takes it modulo 2^32. */
export function tagAndType(tag: number, code: number): number {
  return (tag << 8) | code;
}

/** Writes an item whose value is one 32-bit word: header, word, padding. */
export function writeWord(writer: Writer, first: number, word: number): void {
  reserve(writer, 16);
  const { view, at } = writer;
  view.setUint32(at, first);
  view.setUint32(at + 4, 4);
  view.setUint32(at + 8, word);
  view.setUint32(at + 12, 0);
  writer.at = at + 16;
}

/** Writes an item whose value is two 32-bit words. */
export function writeLong(writer: Writer, first: number, high: number, low: number): void {
  writeHeader(writer, first, 8, 8);
  const { view, at } = writer;
  view.setUint32(at, high);
  view.setUint32(at + 4, low);
  writer.at = at + 8;
}

/** Writes bytes as they are; room is there already. A loop beats the call of `set` for a few. */
export function writeBytes(writer: Writer, value: Uint8Array): void {
  const { bytes, at } = writer;
  const { length } = value;
  if (length > 32) bytes.set(value, at);
  else for (let i = 0; i < length; i++) bytes[at + i] = value[i] as number;
  writer.at = at + length;
}

/** Writes zero bytes up to the next multiple of 8 after a value of `length` bytes; room is there already. */
export function writePadding(writer: Writer, length: number): void {
  for (let left = -length & 7; left > 0; left--) writer.bytes[writer.at++] = 0;
}

/** Puts the length of a structure, whose value begins at `start` and ends here, into its header. */
export function closeStructure(writer: Writer, start: number): void {
  writer.view.setUint32(start - 4, writer.at - start);
}
