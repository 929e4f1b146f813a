import { faultAt, type Reader } from "./reader.ts";
import { faultHere, type Writer } from "./writer.ts";

// A byte order mark is content like any other: dropping it would not re-encode to the same bytes.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Up to here a loop over single characters is faster than the decoder's call. */
const shortBytes = 48;

/** The text of `length` bytes at `at`. Throws Fault `BadValue` where it is not UTF-8. */
export function readText(reader: Reader, at: number, length: number): string {
  if (length <= shortBytes) {
    const text = shortAscii(reader.bytes, at, at + length);
    if (text !== undefined) return text;
  }
  try {
    return decoder.decode(reader.bytes.subarray(at, at + length));
  } catch {
    throw faultAt(reader, "BadValue", at, "text is not UTF-8");
  }
}

function shortAscii(bytes: Uint8Array, at: number, end: number): string | undefined {
  let text = "";
  let i = at;
  for (; i + 4 <= end; i += 4) {
    const a = bytes[i] as number;
    const b = bytes[i + 1] as number;
    const c = bytes[i + 2] as number;
    const d = bytes[i + 3] as number;
    if ((a | b | c | d) > 0x7f) return undefined;
    text += String.fromCharCode(a, b, c, d);
  }
  for (; i < end; i++) {
    const a = bytes[i] as number;
    if (a > 0x7f) return undefined;
    text += String.fromCharCode(a);
  }
  return text;
}

/**
 * Writes `text` in UTF-8 where the writer stands; three bytes a character must be reserved.
 *
 * @returns the bytes written
 * @throws Fault `BadValue` for a lone surrogate, which UTF-8 cannot hold
 */
export function writeText(writer: Writer, text: string): number {
  const start = writer.at;
  if (text.length <= shortBytes && writeAscii(writer.bytes, start, text)) {
    writer.at = start + text.length;
    return text.length;
  }
  if (!text.isWellFormed()) throw faultHere(writer, "BadValue", "text holds a lone surrogate");
  const { written } = encoder.encodeInto(text, writer.bytes.subarray(start));
  writer.at = start + written;
  return written;
}

function writeAscii(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return false;
    bytes[at + i] = unit;
  }
  return true;
}
