import { typeOfCode } from "./any-item.ts";
import { Fault, tagText } from "./error.ts";
import { headerBytes, itemTypeOf, itemTypes } from "./item.ts";
import {
  codeAt,
  createReader,
  enter,
  faultAt,
  itemEnd,
  lengthAt,
  type Reader,
  sourceOf,
  tagAt,
} from "./reader.ts";

/** What a dump is told about tags, since this package knows none. */
export interface PrintNames {
  /** The name to show for a tag, the number otherwise. */
  nameOf?(tag: number): string | undefined;
  /** Whether the values of a tag are hidden, with all that a structure holds: only the length is shown. */
  isSecret?(tag: number): boolean;
  /** The name of a number under a tag: of an enumeration's value or a mask's bits. */
  valueNameOf?(tag: number, code: number): string | undefined;
}

/**
 * An indented dump for logs, an item a line. Long values are cut, control characters escaped, secrets hidden.
 * Never throws: on malformed bytes the last line says where it stops and why.
 */
export function print(bytes: Uint8Array, names: PrintNames = {}): string {
  const reader = createReader(sourceOf(bytes, 0), {});
  const lines: string[] = [];
  try {
    printItems(reader, names, lines);
  } catch (caught) {
    if (!(caught instanceof Fault)) throw caught;
    lines.push(`! stops at byte ${caught.offset}: ${caught.text}`);
  }
  return lines.join("\n");
}

function printItems(reader: Reader, names: PrintNames, lines: string[]): void {
  const size = reader.bytes.length;
  const ends = [Number.POSITIVE_INFINITY];
  for (let at = 0; at < size || ends.length > 1; ) {
    const end = ends.at(-1) as number;
    if (at === end) {
      ends.pop();
      reader.depth--;
      continue;
    }
    if (at + headerBytes > size) throw truncated(reader);
    const next = itemEnd(reader, at, end);
    const opens =
      codeAt(reader, at) === itemTypes.Structure && !names.isSecret?.(tagAt(reader, at));
    if (!opens && next > size) throw truncated(reader);
    lines.push("  ".repeat(ends.length - 1) + lineOf(reader, at, names));
    if (opens) {
      enter(reader, at + headerBytes);
      ends.push(next);
    }
    at = opens ? at + headerBytes : next;
  }
}

function truncated(reader: Reader): Fault {
  return faultAt(reader, "Truncated", reader.bytes.length, "the bytes end before the item");
}

function lineOf(reader: Reader, at: number, names: PrintNames): string {
  const tag = tagAt(reader, at);
  const head = `${names.nameOf?.(tag) ?? tagText(tag)} ${itemTypeOf(codeAt(reader, at))}`;
  const length = lengthAt(reader, at);
  if (names.isSecret?.(tag)) return `${head} [hidden, ${length} bytes]`;
  if (codeAt(reader, at) === itemTypes.Structure) return `${head} (${length} bytes)`;
  return `${head} ${valueText(reader, at, names)}`;
}

function valueText(reader: Reader, at: number, names: PrintNames): string {
  const code = codeAt(reader, at);
  const start = at + headerBytes;
  const length = lengthAt(reader, at);
  if (code === itemTypes.BigInteger) return bytesText(reader.bytes.subarray(start, start + length));
  try {
    const value: unknown = typeOfCode(code).read(reader, start, length);
    if (typeof value === "string") return quoted(value);
    if (value instanceof Uint8Array) return bytesText(value);
    const name =
      typeof value === "number" ? names.valueNameOf?.(tagAt(reader, at), value) : undefined;
    return name === undefined ? String(value) : `${value} (${name})`;
  } catch (caught) {
    if (!(caught instanceof Fault)) throw caught;
    return `! ${caught.text}: ${bytesText(reader.bytes.subarray(start, start + length))}`;
  }
}

const shownBytes = 32;
const shownCharacters = 200;

function bytesText(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, shownBytes), (byte) =>
    byte.toString(16).toUpperCase().padStart(2, "0"),
  ).join("");
  return bytes.length <= shownBytes ? shown : `${shown}… (${bytes.length} bytes)`;
}

function quoted(text: string): string {
  const cut = text.length > shownCharacters;
  const shown = JSON.stringify(text.slice(0, shownCharacters)).replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
  return cut ? `${shown}… (${text.length} characters)` : shown;
}
