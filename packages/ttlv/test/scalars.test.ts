import {
  bigInteger,
  boolean,
  byteString,
  dateTime,
  decode,
  encode,
  enumerationCode,
  integer,
  interval,
  longInteger,
  type Type,
  textString,
} from "@akm/ttlv";
import { hex } from "@akm/ttlv/testing";
import { expect, test } from "vitest";
import { refusal } from "./thrown.ts";

const tag = 0x42_0020;

test.each<[string, Type<unknown>, unknown, Uint8Array]>([
  ["Integer -2", integer, -2, hex`42 00 20 | 02 | 00 00 00 04 | FF FF FF FE 00 00 00 00`],
  ["Integer 2^31-1", integer, 2147483647, hex`420020 02 00000004 | 7FFFFFFF 00000000`],
  ["Long Integer -1", longInteger, -1n, hex`420020 03 00000008 | FFFFFFFFFFFFFFFF`],
  ["Big Integer 0", bigInteger, 0n, hex`420020 04 00000008 | 0000000000000000`],
  ["Big Integer 2^63-1", bigInteger, 2n ** 63n - 1n, hex`420020 04 00000008 | 7FFFFFFFFFFFFFFF`],
  [
    "Big Integer 2^63",
    bigInteger,
    2n ** 63n,
    hex`420020 04 00000010 | 0000000000000000 8000000000000000`,
  ],
  ["Big Integer -2^63", bigInteger, -(2n ** 63n), hex`420020 04 00000008 | 8000000000000000`],
  [
    "Big Integer -2^63-1",
    bigInteger,
    -(2n ** 63n) - 1n,
    hex`420020 04 00000010 | FFFFFFFFFFFFFFFF 7FFFFFFFFFFFFFFF`,
  ],
  ["Enumeration 2^32-1", enumerationCode, 0xffff_ffff, hex`420020 05 00000004 | FFFFFFFF 00000000`],
  ["Boolean false", boolean, false, hex`420020 06 00000008 | 0000000000000000`],
  ["Text String empty", textString, "", hex`420020 07 00000000`],
  ["Text String é𝄞", textString, "é𝄞", hex`420020 07 00000006 | C3A9 F09D849E 0000`],
  [
    "Text String with a byte order mark",
    textString,
    "\uFEFFa",
    hex`420020 07 00000004 | EFBBBF 61 00000000`,
  ],
  [
    "Byte String of 8",
    byteString,
    hex`0102030405060708`,
    hex`420020 08 00000008 | 0102030405060708`,
  ],
  ["Date-Time before 1970", dateTime, -1n, hex`420020 09 00000008 | FFFFFFFFFFFFFFFF`],
  ["Interval 2^32-1", interval, 0xffff_ffff, hex`420020 0A 00000004 | FFFFFFFF 00000000`],
])("%s has these bytes", (_, type, value, bytes) => {
  expect(encode(tag, type, value)).toEqual(bytes);
  expect(decode(tag, type, bytes)).toStrictEqual(value);
});

test.each([8, 31, 32, 33, 64, 65, 500])("a text of %i characters comes back", (length) => {
  for (const text of ["a".repeat(length), `${"a".repeat(length - 1)}é`, "é".repeat(length)]) {
    expect(decode(tag, textString, encode(tag, textString, text))).toBe(text);
  }
});

test.each([0, 1, 32, 33, 40_000])("bytes of length %i come back", (length) => {
  const bytes = Uint8Array.from({ length }, (_, i) => i);
  expect(decode(tag, byteString, encode(tag, byteString, bytes))).toEqual(bytes);
});

test.each([65, 127, 128, 129, 4096])("Big Integers around 2^%i come back", (bits) => {
  for (const near of [-1n, 0n, 1n]) {
    for (const sign of [-1n, 1n]) {
      const value = sign * (2n ** BigInt(bits) + near);
      expect(decode(tag, bigInteger, encode(tag, bigInteger, value))).toBe(value);
    }
  }
});

test("a decoded Byte String is a view on the message", () => {
  const message = encode(tag, byteString, Uint8Array.of(1, 2, 3));
  const value = decode(tag, byteString, message);
  message[8] = 9;
  expect(value).toEqual(Uint8Array.of(9, 2, 3));
});

test.each<[string, Type<unknown>, Uint8Array, number]>([
  ["padding after an Integer", integer, hex`420020 02 00000004 | 00000001 00000001`, 15],
  ["padding after an Interval", interval, hex`420020 0A 00000004 | 00000001 01000000`, 12],
  ["padding after text", textString, hex`420020 07 00000003 | 616263 0000000001`, 15],
  ["padding after bytes", byteString, hex`420020 08 00000003 | 616263 0100000000`, 11],
  ["a Boolean of 2", boolean, hex`420020 06 00000008 | 0000000000000002`, 8],
  ["a Boolean of 2^32", boolean, hex`420020 06 00000008 | 0000000100000000`, 8],
  ["text that is not UTF-8", textString, hex`420020 07 00000001 | FF 00000000000000`, 8],
  ["long text that is not UTF-8", textString, hex`420020 07 00000028 | ${"61".repeat(39)} FF`, 8],
  ["a surrogate in UTF-8", textString, hex`420020 07 00000003 | EDA080 0000000000`, 8],
  [
    "a needless word of 0",
    bigInteger,
    hex`420020 04 00000010 | 0000000000000000 7FFFFFFFFFFFFFFF`,
    8,
  ],
  [
    "a needless word of F",
    bigInteger,
    hex`420020 04 00000010 | FFFFFFFFFFFFFFFF 8000000000000000`,
    8,
  ],
])("%s is a BadValue", (_, type, bytes, offset) => {
  expect(refusal(() => decode(tag, type, bytes))).toEqual({ code: "BadValue", path: "", offset });
});

test.each<[string, Type<unknown>, readonly unknown[]]>([
  ["Integer", integer, [2 ** 31, -(2 ** 31) - 1, 0.5, Number.NaN, 1n, "1", undefined]],
  ["Long Integer", longInteger, [2n ** 63n, -(2n ** 63n) - 1n, 1]],
  ["Big Integer", bigInteger, [1, "1", null]],
  ["Enumeration", enumerationCode, [-1, 2 ** 32, 1.5, 1n]],
  ["Boolean", boolean, [0, 1, "true"]],
  ["Text String", textString, ["\uD800", `${"a".repeat(80)}\uDC00`, 1, undefined]],
  ["Byte String", byteString, ["00", [1, 2], new ArrayBuffer(2)]],
  ["Date-Time", dateTime, [new Date(0), 0, 2n ** 63n]],
  ["Interval", interval, [-1, 2 ** 32, 1n]],
])("encoding an impossible %s is a BadValue", (_, type, values) => {
  for (const value of values) {
    expect(refusal(() => encode(tag, type, value)).code).toBe("BadValue");
  }
});

test("the texts of errors never show a value that is no number", () => {
  expect(() => encode(tag, integer, "secret" as never)).toThrow(
    /^message at byte 0: Integer cannot hold a value of type string$/,
  );
  expect(() => encode(tag, integer, 2 ** 40)).toThrow("Integer cannot hold 1099511627776");
});
