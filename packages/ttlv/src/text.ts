import { faultAt, type Reader } from "./reader.ts";
import { faultHere, type Writer } from "./writer.ts";

// A byte order mark is content like any other: dropping it would not re-encode to the same bytes.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Up to here a loop over single characters is faster than the decoder's call. */
const shortBytes = 32;

/** The text of `length` bytes at `at`. Throws Fault `BadValue` where it is not UTF-8. */
export function readText(reader: Reader, at: number, length: number): string {
  const ascii = length <= shortBytes ? shortAscii(reader, at, length) : undefined;
  if (ascii !== undefined) return ascii;
  try {
    const { buffer, byteOffset } = reader.bytes;
    return decoder.decode(new Uint8Array(buffer, byteOffset + at, length));
  } catch {
    throw faultAt(reader, "BadValue", at, "text is not UTF-8");
  }
}

/** Room for the characters of a short text, one list for each length: they are used up at once. */
const room = Array.from({ length: shortBytes + 1 }, (_, length) =>
  new Array<number>(length).fill(0),
);

function shortAscii({ bytes }: Reader, at: number, length: number): string | undefined {
  const codes = room[length] as number[];
  for (let i = 0; i < length; i++) {
    const code = bytes[at + i] as number;
    if (code > 0x7f) return undefined;
    codes[i] = code;
  }
  return String.fromCharCode.apply(null, codes);
}

/**
 * Writes `text` in UTF-8 where the writer stands; three bytes a character must be reserved.
 *
 * @returns the bytes written
 * @throws Fault `BadValue` for a lone surrogate, which UTF-8 cannot hold
 */
export function writeText(writer: Writer, text: string): number {
  const start = writer.at;
  if (text.length <= 2 * shortBytes && writeAscii(writer.bytes, start, text)) {
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
