import {
  anyItem,
  byteString,
  decode,
  decodeRaw,
  encode,
  encodeRaw,
  integer,
  optional,
  rawItem,
  repeated,
  required,
  structure,
  textString,
} from "@akm/ttlv";
import { hex } from "@akm/ttlv/testing";
import { describe, expect, test } from "vitest";
import { refusal } from "./thrown.ts";

const tag = 0x42_0001;
const message = encode(tag, integer, 5);

test.each([
  ["nothing", hex``, "Truncated", 0],
  ["half a header", message.subarray(0, 7), "Truncated", 7],
  ["a header alone", message.subarray(0, 8), "Truncated", 8],
  ["all but the last byte", message.subarray(0, 15), "Truncated", 15],
  ["a byte more", Uint8Array.of(...message, 0), "TrailingBytes", 16],
  ["another tag", hex`420002 02 00000004 00000005 00000000`, "UnexpectedTag", 0],
  ["another type", hex`420001 05 00000004 00000005 00000000`, "WrongType", 3],
  ["no type", hex`420001 00 00000004 00000005 00000000`, "BadType", 3],
  ["another length", hex`420001 02 00000003 00000005 00000000`, "BadLength", 4],
  ["the greatest length", hex`420001 07 FFFFFFFF 00000005 00000000`, "Truncated", 16],
])("%s is no message", (_, bytes, code, offset) => {
  expect(refusal(() => decode(tag, integer, bytes))).toEqual({ code, path: "", offset });
});

test("a message may lie anywhere in a buffer", () => {
  const buffer = Uint8Array.of(1, 2, 3, ...message, 4);
  expect(decode(tag, integer, buffer.subarray(3, 19))).toBe(5);
  expect(decode(tag, integer, Buffer.from(message))).toBe(5);
});

describe("a raw item", () => {
  const inner = structure({ a: required(0x42_0003, textString) });
  const type = structure({
    id: required(0x42_0002, integer),
    payload: optional(0x42_0004, rawItem),
    more: repeated(0x42_0005, rawItem),
  });
  const payload = encodeRaw(0x42_0004, inner, { a: "abc" });
  const bytes = encode(tag, type, { id: 1, payload, more: [] });

  test("is the whole item, and a view on the message", () => {
    const raw = decode(tag, type, bytes).payload;
    expect(raw).toMatchObject({ tag: 0x42_0004, type: "Structure", offset: 24 });
    expect(raw?.bytes).toEqual(payload.bytes);
    expect(raw?.bytes.buffer).toBe(bytes.buffer);
    expect(payload).toMatchObject({ tag: 0x42_0004, type: "Structure", offset: 0 });
  });

  test("is decoded later, with offsets counted from the message's start", () => {
    const raw = decode(tag, type, bytes).payload ?? payload;
    expect(decodeRaw(raw, inner)).toEqual({ a: "abc" });
    const other = structure({ b: required(0x42_0003, integer) });
    const options = { path: "payload" };
    const wrong = { code: "WrongType", path: "payload.b", offset: 35 };
    expect(refusal(() => decodeRaw(raw, other, options))).toEqual(wrong);
    expect(refusal(() => decodeRaw(raw, integer, options))).toEqual({
      ...wrong,
      path: "payload",
      offset: 27,
    });
  });

  test("is not looked into before", () => {
    const broken = Uint8Array.from(bytes);
    broken[35] = 0x0b;
    const raw = decode(tag, type, broken).payload ?? payload;
    const wrong = { code: "BadType", path: "", offset: 35 };
    expect(refusal(() => decodeRaw(raw, inner))).toEqual(wrong);
  });

  test("is written only under its own tag", () => {
    const value = { id: 1, more: [payload] };
    const wrong = { code: "UnexpectedTag", path: "more[0]", offset: 24 };
    expect(refusal(() => encode(tag, type, value))).toEqual(wrong);
  });

  test.each([undefined, 1, { bytes: "00" }])("is not %o", (value) => {
    expect(refusal(() => encode(tag, rawItem, value as never)).code).toBe("BadValue");
  });
});

describe("encoded bytes", () => {
  test("are exactly the message, whatever its size", () => {
    for (const length of [0, 1, 8, 1000, 8000, 30_000, 40_000, 200_000]) {
      const bytes = encode(tag, byteString, new Uint8Array(length).fill(7));
      expect(bytes).toHaveLength(8 + Math.ceil(length / 8) * 8);
      expect(decode(tag, byteString, bytes)).toEqual(new Uint8Array(length).fill(7));
    }
  });

  test("are never written to again", () => {
    const kept = Array.from({ length: 200 }, (_, i) => encode(tag, textString, `${i}`.repeat(i)));
    kept.forEach((bytes, i) => {
      expect(decode(tag, textString, bytes)).toBe(`${i}`.repeat(i));
    });
  });

  test("do not mix with what a getter encodes in between", () => {
    const type = structure({
      a: required(2, integer),
      b: required(3, rawItem),
      c: required(4, integer),
    });
    const value = {
      a: 1,
      get b() {
        return encodeRaw(3, integer, 2);
      },
      c: 3,
    };
    const bytes = encode(tag, type, value);
    expect(decode(tag, anyItem, bytes)).toMatchObject({
      value: [{ value: 1 }, { value: 2 }, { value: 3 }],
    });
  });

  test("are right after a message that failed", () => {
    expect(refusal(() => encode(tag, integer, 0.5)).code).toBe("BadValue");
    expect(encode(tag, integer, 5)).toEqual(message);
  });
});
