import {
  anyItem,
  checkForm,
  decode,
  defaultLimits,
  encode,
  type Item,
  repeated,
  structure,
} from "@akm/ttlv";
import { hex } from "@akm/ttlv/testing";
import { expect, test } from "vitest";
import { refusal } from "./thrown.ts";

const tag = 0x42_0001;

/** Structures inside each other, `depth` of them. */
function nested(depth: number): Item {
  return { tag, type: "Structure", value: depth === 1 ? [] : [nested(depth - 1)] };
}

/** A structure with `count - 1` empty ones in it. */
function wide(count: number): Item {
  return { tag, type: "Structure", value: Array.from({ length: count - 1 }, () => nested(1)) };
}

const text = (length: number): Item => ({ tag, type: "TextString", value: "x".repeat(length) });
const big = (bytes: number): Item => ({
  tag,
  type: "BigInteger",
  value: 2n ** BigInt(8 * bytes - 2),
});

test.each([
  ["messageBytesMax", 40, (n: number) => encode(tag, anyItem, text(n - 8)), 48, "TooLong", 0],
  ["depthMax", 5, (n: number) => encode(tag, anyItem, nested(n)), 6, "TooDeep", 40],
  ["itemsMax", 5, (n: number) => encode(tag, anyItem, wide(n)), 6, "TooManyItems", 40],
  ["textBytesMax", 5, (n: number) => encode(tag, anyItem, text(n)), 6, "TextTooLong", 8],
  [
    "bigIntegerBytesMax",
    16,
    (n: number) => encode(tag, anyItem, big(n)),
    24,
    "BigIntegerTooLong",
    8,
  ],
] as const)("%s is still allowed, one more is not", (limit, max, make, over, code, offset) => {
  const limits = { ...defaultLimits, [limit]: max };
  const refused = { code, path: "", offset };
  for (const n of [max - (over - max), max]) decode(tag, anyItem, make(n), { limits });
  expect(refusal(() => decode(tag, anyItem, make(over), { limits }))).toEqual(refused);
  if (code === "TextTooLong" || code === "BigIntegerTooLong") {
    checkForm(make(over), limits);
  } else {
    checkForm(make(max), limits);
    expect(refusal(() => checkForm(make(over), limits))).toEqual(refused);
  }
});

test("a schema's structures count for depth and items too", () => {
  const type = structure({ list: repeated(2, structure({})) });
  const bytes = encode(tag, type, { list: [{}, {}] });
  const path = "list[0]";
  const shallow = { ...defaultLimits, depthMax: 1 };
  expect(refusal(() => decode(tag, type, bytes, { limits: shallow }))).toEqual({
    code: "TooDeep",
    path,
    offset: 8,
  });
  const few = { ...defaultLimits, itemsMax: 2 };
  expect(refusal(() => decode(tag, type, bytes, { limits: few }))).toEqual({
    code: "TooManyItems",
    path: "",
    offset: 16,
  });
});

test("without limits given, those of defaultLimits hold", () => {
  checkForm(encode(tag, anyItem, nested(32)));
  expect(refusal(() => checkForm(encode(tag, anyItem, nested(33)))).code).toBe("TooDeep");
  checkForm(encode(tag, anyItem, wide(16_384)));
  expect(refusal(() => decode(tag, anyItem, encode(tag, anyItem, wide(16_385)))).code).toBe(
    "TooManyItems",
  );
  expect(refusal(() => checkForm(new Uint8Array(1024 * 1024 + 1))).code).toBe("TooLong");
  expect(refusal(() => decode(tag, anyItem, encode(tag, anyItem, text(65_537)))).code).toBe(
    "TextTooLong",
  );
  expect(refusal(() => decode(tag, anyItem, encode(tag, anyItem, big(4104)))).code).toBe(
    "BigIntegerTooLong",
  );
});

test("a deeply nested message is refused without recursion", () => {
  const depth = 100_000;
  const bytes = new Uint8Array(8 * depth);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < depth; i++) {
    view.setUint32(8 * i, 0x4200_0101);
    view.setUint32(8 * i + 4, 8 * (depth - 1 - i));
  }
  expect(refusal(() => decode(tag, anyItem, bytes)).code).toBe("TooDeep");
  checkForm(bytes, { ...defaultLimits, depthMax: depth, itemsMax: depth });
});

test("the form of a single scalar is a form too", () => {
  checkForm(hex`420001 02 00000004 00000005 FFFFFFFF`);
});
