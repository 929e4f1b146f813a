import type { AttributeStructure } from "@akm/kmip-model";
import { type Attributes, type Edition, type Name, toStructures } from "@akm/kmip-model";
import type { Item } from "@akm/ttlv";
import { type Seconds, seconds } from "./seconds.ts";

/** The value of a client's own attribute: an item with its wire type, or what has one by its kind. */
export type CustomValue = Item | string | number | bigint | boolean | Uint8Array | Date;

/**
 * Attributes as requests take them: those of kmip-model, and beside them a `Date` for any date, a plain string for a
 * Name (Uninterpreted Text String), and plain values for a client's own attributes.
 */
export type AttributesInput = {
  readonly [M in Exclude<keyof Attributes, "name" | "custom">]?: M extends `${string}Date`
    ? Seconds
    : Attributes[M];
} & {
  readonly name?: readonly (string | Name)[];
  readonly custom?: Readonly<Record<string, CustomValue | readonly CustomValue[]>>;
};

/** What Locate compares with: attributes, and for a date also a range, both ends included. KMIP 1.1 §4.9. */
export type AttributeFilters = {
  readonly [M in keyof AttributesInput]: M extends `${string}Date`
    ? Seconds | readonly [Seconds, Seconds]
    : AttributesInput[M];
};

/** The structures of these attributes for the wire. */
export function structuresOf(input: AttributesInput, edition: Edition): AttributeStructure[] {
  return toStructures(toAttributes(input), edition);
}

/** The structures of filters: a range becomes two of the same attribute. */
export function filterStructures(
  filters: AttributeFilters,
  edition: Edition,
): AttributeStructure[] {
  const members = Object.entries(filters);
  const from = members.map(([member, value]) => [
    member,
    isRange(member, value) ? value[0] : value,
  ]);
  const to = members.flatMap(([member, value]) =>
    isRange(member, value) ? [[member, value[1]]] : [],
  );
  return [from, to].flatMap((each) => structuresOf(Object.fromEntries(each), edition));
}

function isRange(member: string, value: unknown): value is readonly [Seconds, Seconds] {
  return member.endsWith("Date") && Array.isArray(value);
}

function toAttributes({ name, custom, ...rest }: AttributesInput): Attributes {
  return {
    ...Object.fromEntries(Object.entries(rest).map(([member, value]) => [member, seconds(value)])),
    ...(name === undefined ? {} : { name: name.map(toName) }),
    ...(custom === undefined ? {} : { custom: toCustom(custom) }),
  };
}

/** A name as a structure; a string is an Uninterpreted Text String. KMIP 1.1 §3.2. */
export function toName(name: string | Name): Name {
  if (typeof name !== "string") return name;
  return { nameValue: name, nameType: "UninterpretedTextString" };
}

function toCustom(
  custom: NonNullable<AttributesInput["custom"]>,
): NonNullable<Attributes["custom"]> {
  const items = Object.entries(custom).map(([name, values]) => [
    name,
    (Array.isArray(values) ? values : [values]).map(toItem),
  ]);
  return Object.fromEntries(items);
}

/** Where a custom value stands in for an item, its tag is that of its field. */
const anyTag = 0;

function toItem(value: CustomValue): Item {
  if (value instanceof Uint8Array) return { tag: anyTag, type: "ByteString", value };
  if (value instanceof Date) return { tag: anyTag, type: "DateTime", value: seconds(value) };
  switch (typeof value) {
    case "string":
      return { tag: anyTag, type: "TextString", value };
    case "number":
      return { tag: anyTag, type: "Integer", value };
    case "bigint":
      return { tag: anyTag, type: "LongInteger", value };
    case "boolean":
      return { tag: anyTag, type: "Boolean", value };
    case "object":
      return value;
  }
}
