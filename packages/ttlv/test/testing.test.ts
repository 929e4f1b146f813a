import {
  anyItem,
  byteString,
  decode,
  encode,
  enumeration,
  integer,
  lazy,
  oneOf,
  optional,
  rawItem,
  repeated,
  structure,
  type Type,
} from "@akm/ttlv";
import { arbitrary, flipBits, hex, sameItems, splice } from "@akm/ttlv/testing";
import * as fc from "fast-check";
import { expect, test } from "vitest";

test("hex takes digits, blanks and bars, and values between", () => {
  expect(hex`42 00 | 0a
    ${"FF"}F0`).toEqual(Uint8Array.of(0x42, 0, 0x0a, 0xff, 0xf0));
  expect(() => hex`4`).toThrow(RangeError);
  expect(() => hex`4G`).toThrow(RangeError);
});

test("flipBits turns bits in a copy, and passes over those beyond the end", () => {
  const bytes = Uint8Array.of(0, 0);
  expect(flipBits(bytes, [0, 15, 16])).toEqual(Uint8Array.of(1, 128));
  expect(bytes).toEqual(Uint8Array.of(0, 0));
});

test("splice takes out, puts in, or both", () => {
  const bytes = Uint8Array.of(1, 2, 3);
  expect(splice(bytes, 1, { removed: 1 })).toEqual(Uint8Array.of(1, 3));
  expect(splice(bytes, 1, { inserted: [9] })).toEqual(Uint8Array.of(1, 9, 2, 3));
  expect(splice(bytes, 1, { removed: 1, inserted: [9] })).toEqual(Uint8Array.of(1, 9, 3));
});

expect.addEqualityTesters([sameItems]);

test.each<[string, Type<unknown>]>([
  ["an item", anyItem],
  ["a raw item", rawItem],
])("arbitrary gives %s the tag that is asked for", (_, type) => {
  fc.assert(
    fc.property(arbitrary(type, 7), (value) => {
      expect(decode(7, type, encode(7, type, value))).toEqual(value);
    }),
  );
});

test("arbitrary ends for a type that holds itself, by field or by choice", () => {
  const self = lazy(() => loop);
  const loop: Type<unknown> = structure({
    choice: repeated(1, oneOf(byteString, self)),
    list: repeated(2, self),
    maybe: optional(3, self),
  });
  fc.assert(
    fc.property(arbitrary(loop), (value) => {
      expect(decode(7, loop, encode(7, loop, value))).toEqual(value);
    }),
  );
});

test("arbitrary refuses a type that it does not know", () => {
  expect(() => arbitrary({ ...integer })).toThrow("no values are known for a type of Integer");
});

test("arbitrary gives an enumeration the names of its rows", () => {
  const size = enumeration("Size", { Small: 1, Large: 2 });
  fc.assert(fc.property(arbitrary(size), (value) => size.rows.has(value)));
});

test("arbitrary gives an open enumeration without rows plain numbers", () => {
  const none = enumeration("None", {});
  fc.assert(fc.property(arbitrary(none.open), (value) => typeof value === "number"));
});
