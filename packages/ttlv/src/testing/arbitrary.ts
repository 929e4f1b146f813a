import * as fc from "fast-check";
import { anyItem, typesByName } from "../any-item.ts";
import type { Lazy, OneOf } from "../choice.ts";
import { encodeRaw } from "../codec.ts";
import type { OpenEnumeration } from "../enumeration.ts";
import type { Field, Fields, Presence } from "../field.ts";
import type { Item, ItemType } from "../item.ts";
import type { Mask } from "../mask.ts";
import { rawItem } from "../raw-item.ts";
import type { Structure } from "../structure.ts";
import type { Type } from "../type.ts";

/** Where a value is made: the tag it will stand under, and how many lazy types it lies within. */
interface Place {
  readonly tag: number;
  readonly depth: number;
}

/** How often a lazy type is followed before optional and repeated members of it are left out. */
const depthMax = 3;

/**
 * Values of any type, as fast-check makes and shrinks them. Items and raw items carry `tag`, which is the one that
 * the value is to be encoded under.
 */
export function arbitrary<T>(type: Type<T>, tag = 0x42_0000): fc.Arbitrary<T> {
  return valuesOf(type, { tag, depth: 0 }) as fc.Arbitrary<T>;
}

function valuesOf(type: Type<unknown>, place: Place): fc.Arbitrary<unknown> {
  const scalar = scalars.get(type);
  if (scalar !== undefined) return scalar;
  if (type === anyItem) return items(place.tag);
  if (type === rawItem) return items(place.tag).map((item) => encodeRaw(place.tag, anyItem, item));
  if (isStructure(type)) return structures(type.fields, place);
  if (isLazy(type)) return valuesOf(type.resolve(), { ...place, depth: place.depth + 1 });
  if (isChoice(type)) return choices(type, place);
  if (isRows(type)) return named(type);
  throw new TypeError(`no values are known for a type of ${type.itemType}`);
}

const texts = fc.string({ unit: "binary", maxLength: 80 });
const bytes = fc.uint8Array({ maxLength: 80 });
const uint32 = fc.nat({ max: 0xffff_ffff });
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const bigInts = fc.oneof(int64, fc.bigInt({ min: -(2n ** 400n), max: 2n ** 400n }));

/** The scalars of `types.ts` and the leaves of `Item` are the same ones. */
const leaves: Readonly<Record<Exclude<ItemType, "Structure">, fc.Arbitrary<unknown>>> = {
  Integer: fc.integer(),
  LongInteger: int64,
  BigInteger: bigInts,
  Enumeration: uint32,
  Boolean: fc.boolean(),
  TextString: texts,
  ByteString: bytes,
  DateTime: int64,
  Interval: uint32,
};

const scalars: ReadonlyMap<Type<unknown>, fc.Arbitrary<unknown>> = new Map(
  Object.entries(leaves).map(([name, values]) => [
    typesByName.get(name as ItemType) as Type<unknown>,
    values,
  ]),
);

function items(tag: number): fc.Arbitrary<Item> {
  return fc.tuple(fc.constant(tag), contents).map(itemOf);
}

const tags = fc.nat({ max: 0xff_ffff });

type Content = readonly [ItemType, unknown];

const { contents } = fc.letrec<{ contents: Content; leaf: Content; nested: Content }>((tie) => ({
  contents: fc.oneof({ maxDepth: 3, withCrossShrink: true }, tie("leaf"), tie("nested")),
  leaf: fc.oneof(
    ...Object.entries(leaves).map(([name, values]) => fc.tuple(fc.constant(name), values)),
  ) as fc.Arbitrary<Content>,
  nested: fc
    .array(fc.tuple(tags, tie("contents")).map(itemOf), { maxLength: 4 })
    .map((value): Content => ["Structure", value]),
}));

function itemOf([tag, [type, value]]: readonly [number, Content]): Item {
  return { tag, type, value } as Item;
}

function structures(fields: Fields, { depth }: Place): fc.Arbitrary<unknown> {
  const members: Record<string, fc.Arbitrary<unknown>> = {};
  const requiredKeys: string[] = [];
  for (const [name, field] of Object.entries(fields)) {
    const left = depth >= depthMax && isLazy(field.type);
    if (field.presence !== "optional") requiredKeys.push(name);
    if (field.presence === "repeated") members[name] = left ? fc.constant([]) : lists(field, depth);
    else if (!left) members[name] = valuesOf(field.type, { tag: field.tag, depth });
  }
  return fc.record(members, { requiredKeys, noNullPrototype: true });
}

function lists(field: Field<unknown, Presence>, depth: number): fc.Arbitrary<unknown> {
  const values = valuesOf(field.type, { tag: field.tag, depth });
  return fc.array(values, { minLength: field.atLeast, maxLength: field.atLeast + 3 });
}

function choices({ alternatives }: OneOf<unknown, unknown>, place: Place): fc.Arbitrary<unknown> {
  const open = alternatives.filter((each) => place.depth < depthMax || !isLazy(each));
  return fc.oneof(...open.map((each) => valuesOf(each, place)));
}

function named(type: Mask<string> | OpenEnumeration<string>): fc.Arbitrary<unknown> {
  const names = [...type.rows.keys()];
  if (type.itemType === "Integer") return fc.subarray(inBitOrder(type));
  if ("open" in type) return fc.constantFrom(...names);
  const others = uint32.filter((code) => !hasCode(type, code));
  return names.length === 0 ? others : fc.oneof(fc.constantFrom(...names), others);
}

function inBitOrder({ rows }: Mask<string> | OpenEnumeration<string>): string[] {
  return [...rows].sort(([, a], [, b]) => a.code - b.code).map(([name]) => name);
}

function hasCode({ rows }: Mask<string> | OpenEnumeration<string>, code: number): boolean {
  return [...rows.values()].some((row) => row.code === code);
}

function isStructure(type: Type<unknown>): type is Structure<Fields> {
  return "fields" in type;
}

function isLazy(type: Type<unknown>): type is Lazy<unknown> {
  return "resolve" in type;
}

function isChoice(type: Type<unknown>): type is OneOf<unknown, unknown> {
  return "alternatives" in type;
}

function isRows(type: Type<unknown>): type is Mask<string> | OpenEnumeration<string> {
  return "rows" in type;
}
