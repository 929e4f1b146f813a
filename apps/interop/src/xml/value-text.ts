import type { Item, ItemType } from "@akm/ttlv";
import { isMask, namesUnder } from "./names.ts";

/** Where a value stands: what it is called there decides which names it may bear. */
export interface Place {
  readonly tag: number;
  /** The name beside an Attribute Value. */
  readonly attributeName?: string | undefined;
}

/** The value of an item that is no structure. */
export type ScalarValue = Exclude<Item["value"], readonly Item[]>;

/** An item type whose values are texts in XML. */
export type ScalarType = Exclude<ItemType, "Structure">;

/** The value that a text means, `undefined` where it means none. */
export function readValue(type: ScalarType, text: string, place: Place): ScalarValue | undefined {
  switch (type) {
    case "TextString":
      return text;
    case "Boolean":
      return text === "true" ? true : text === "false" ? false : undefined;
    case "ByteString":
      return /^(?:[\da-fA-F]{2})*$/.test(text)
        ? Uint8Array.from(Buffer.from(text, "hex"))
        : undefined;
    case "BigInteger":
      return /^(?:[\da-fA-F]{2})+$/.test(text) ? signed(text) : undefined;
    case "LongInteger":
      return /^-?\d+$/.test(text) ? BigInt(text) : undefined;
    case "DateTime":
      return readDate(text);
    case "Interval":
      return /^\d+$/.test(text) ? Number(text) : undefined;
    case "Integer":
    case "Enumeration":
      return readNumber(text, place);
  }
}

/** A number, a number in hexadecimal digits, or names of the enumeration or mask that belongs there. */
function readNumber(text: string, { tag, attributeName }: Place): number | undefined {
  if (/^-?\d+$/.test(text)) return Number(text);
  if (/^0x[\da-fA-F]{1,8}$/.test(text)) return Number(text);
  const names = namesUnder(tag, attributeName);
  if (names === undefined) return undefined;
  const codes = text.split(/[ |]+/).map((name) => names.rows.get(name)?.code);
  if (codes.some((code) => code === undefined)) return undefined;
  if (!isMask(names)) return codes.length === 1 ? codes[0] : undefined;
  return codes.reduce<number>((sum, code) => sum | (code as number), 0);
}

/** The text of an item that is no structure, names in place of numbers where there are any. */
export function writeValue({ type, value }: Item, place: Place): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  if (type === "DateTime") return writeDate(value);
  if (type === "BigInteger") return hexOf(value);
  if (typeof value === "number" && type !== "Interval") return writeNumber(value, type, place);
  return String(value);
}

function writeNumber(value: number, type: ItemType, { tag, attributeName }: Place): string {
  const names = namesUnder(tag, attributeName);
  if (type === "Enumeration") {
    const found = [...(names?.rows ?? [])].find(([, { code }]) => code === value);
    return found?.[0] ?? `0x${(value >>> 0).toString(16).padStart(8, "0")}`;
  }
  if (names === undefined || value === 0) return String(value);
  const set = [...names.rows].filter(([, { code }]) => (value & code) !== 0);
  const known = set.reduce((sum, [, { code }]) => sum | code, 0);
  return known === value ? set.map(([name]) => name).join(" ") : String(value);
}

function readDate(text: string): bigint | undefined {
  const ms = Date.parse(text);
  return Number.isNaN(ms) || !text.includes("T") ? undefined : BigInt(Math.floor(ms / 1000));
}

/** A date that no calendar has is written as its seconds. */
function writeDate(seconds: bigint): string {
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime())
    ? `${seconds} s`
    : date.toISOString().replace(".000Z", "+00:00");
}

function signed(hex: string): bigint {
  return BigInt.asIntN(hex.length * 4, BigInt(`0x${hex}`));
}

/** Two's complement in whole 8-byte words, as on the wire. KMIP 1.1 §9.1.1.4. */
function hexOf(value: bigint): string {
  let words = 1;
  while (BigInt.asIntN(words * 64, value) !== value) words += 1;
  return BigInt.asUintN(words * 64, value)
    .toString(16)
    .padStart(words * 16, "0");
}
