/** The ten item types of KMIP 1.0 and 1.1. KMIP 1.1 §9.1.1.2. */
export type ItemType =
  | "Structure"
  | "Integer"
  | "LongInteger"
  | "BigInteger"
  | "Enumeration"
  | "Boolean"
  | "TextString"
  | "ByteString"
  | "DateTime"
  | "Interval";

/** Name → the type byte of an item's header. KMIP 1.1 §9.1.1.2. */
export const itemTypes: Readonly<Record<ItemType, number>> = Object.freeze({
  Structure: 1,
  Integer: 2,
  LongInteger: 3,
  BigInteger: 4,
  Enumeration: 5,
  Boolean: 6,
  TextString: 7,
  ByteString: 8,
  DateTime: 9,
  Interval: 10,
});

/** The highest tag: three bytes. */
export const tagMax = 0xff_ffff;

/** Bytes of an item's header: tag (3), type (1), length (4). KMIP 1.1 §9.1.1. */
export const headerBytes = 8;

const names = Object.keys(itemTypes) as ItemType[];

/** The name of a type byte that has been checked to be one. */
export function itemTypeOf(code: number): ItemType {
  return names[code - 1] as ItemType;
}

/** The bytes that a value of `length` bytes takes: the next multiple of 8. KMIP 1.1 §9.1.1.3. */
export function padded(length: number): number {
  return length + (-length & 7);
}

/** Any length. */
export const anyLength = -1;
/** A multiple of 8. */
export const wholeWords = -2;
/** A multiple of 8 above 0. */
export const someWords = -3;

/**
 * What the length of each type byte must be: 4 or 8 exactly, or a rule from above.
 * 0 stands at the bytes that are no type.
 */
export const lengthRules: Int8Array = lengthRulesOf();

function lengthRulesOf(): Int8Array {
  const rules = new Int8Array(256);
  rules[itemTypes.Structure] = wholeWords;
  rules[itemTypes.BigInteger] = someWords;
  for (const type of ["TextString", "ByteString"] as const) rules[itemTypes[type]] = anyLength;
  for (const type of ["Integer", "Enumeration", "Interval"] as const) rules[itemTypes[type]] = 4;
  for (const type of ["LongInteger", "Boolean", "DateTime"] as const) rules[itemTypes[type]] = 8;
  return rules;
}

/** An item decoded without a schema: for custom attributes and what nobody declared. */
export type Item = { readonly tag: number } & (
  | { readonly type: "Structure"; readonly value: readonly Item[] }
  | { readonly type: "Integer" | "Enumeration" | "Interval"; readonly value: number }
  | { readonly type: "LongInteger" | "BigInteger" | "DateTime"; readonly value: bigint }
  | { readonly type: "Boolean"; readonly value: boolean }
  | { readonly type: "TextString"; readonly value: string }
  | { readonly type: "ByteString"; readonly value: Uint8Array }
);

/**
 * An item left undecoded: `bytes` is all of it, header and padding included, a view on the message's buffer.
 * `offset` is where `bytes` begins within the message, so that a later `decodeRaw` names the true place. Decoding gives one
 * whose members are getters: read them, a spread copy would lose them.
 */
export interface RawItem {
  readonly tag: number;
  readonly type: ItemType;
  readonly bytes: Uint8Array;
  readonly offset: number;
}
