import {
  anyItem,
  bigInteger,
  boolean,
  byteString,
  dateTime,
  decode,
  encode,
  encodeRaw,
  enumerationCode,
  integer,
  interval,
  longInteger,
  oneOf,
  rawItem,
  type Type,
  textString,
} from "@akm/ttlv";
import { expect, test } from "vitest";
import { colour, tree, usage } from "./everything.ts";

const tag = 0x42_0001;

// Each stands beside a type of another kind, once on either side: the value alone decides which is written.
test.each<[string, Type<unknown>, unknown, Type<unknown>]>([
  ["an Integer", integer, -1, textString],
  ["an Interval beside an Integer", interval, 2 ** 31, integer],
  ["a Long Integer", longInteger, 1n, textString],
  ["a Big Integer beside a Long Integer", bigInteger, 2n ** 63n, longInteger],
  ["a Date-Time", dateTime, 1n, boolean],
  ["a Boolean", boolean, true, dateTime],
  ["an enumeration's value", colour, "Red", integer],
  ["an enumeration's unknown number", colour.open, 9, textString],
  ["an enumeration's name", colour.open, "Red", byteString],
  ["a bare number", enumerationCode, 9, textString],
  ["a mask", usage, ["First"], textString],
  ["text", textString, "x", byteString],
  ["bytes", byteString, Uint8Array.of(1), textString],
  ["a structure", tree, { name: "x", children: [] }, byteString],
  ["an item", anyItem, { tag, type: "Boolean", value: true }, textString],
])("%s is told from its neighbour by its value", (_, type, value, other) => {
  const bytes = encode(tag, type, value);
  for (const choice of [oneOf(type, other), oneOf(other, type)]) {
    expect(encode(tag, choice, value)).toEqual(bytes);
  }
  expect(decode(tag, oneOf(type, other), bytes)).toStrictEqual(value);
});

test("a raw item is told from its neighbour too", () => {
  const raw = encodeRaw(tag, textString, "x");
  expect(encode(tag, oneOf(textString, rawItem), raw)).toEqual(raw.bytes);
  expect(encode(tag, oneOf(rawItem, textString), "x")).toEqual(raw.bytes);
});
