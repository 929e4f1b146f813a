import {
  byteString,
  decode,
  encode,
  integer,
  lazy,
  oneOf,
  optional,
  required,
  structure,
  textString,
} from "@akm/ttlv";
import { hex } from "@akm/ttlv/testing";
import { describe, expect, test } from "vitest";
import { refusal } from "./thrown.ts";

const inner = structure({
  a: required(0x42_0002, integer),
  b: optional(0x42_0003, textString),
});
const tag = 0x42_0001;

function message(text: string): Uint8Array {
  const body = hex`${text}`;
  return Uint8Array.of(0x42, 0, 1, 1, 0, 0, body.length >>> 8, body.length, ...body);
}

describe("choices", () => {
  const type = structure({ keyValue: required(0x42_0002, oneOf(byteString, inner)) });

  test.each([{ keyValue: Uint8Array.of(1, 2) }, { keyValue: { a: 1, b: "x" } }])(
    "%o comes back as what it was",
    (value) => {
      expect(decode(tag, type, encode(tag, type, value))).toStrictEqual(value);
    },
  );

  test("an item of a third type is refused", () => {
    const bytes = message("420002 02 00000004 00000001 00000000");
    const wrong = { code: "WrongType", path: "keyValue", offset: 11 };
    expect(refusal(() => decode(tag, type, bytes))).toEqual(wrong);
    expect(() => decode(tag, type, bytes)).toThrow("wanted one of several others");
  });

  test("a value of a third kind is refused", () => {
    const wrong = { code: "BadValue", path: "keyValue", offset: 8 };
    expect(refusal(() => encode(tag, type, { keyValue: 1 as never }))).toEqual(wrong);
  });

  test("a choice can be nested, and hold a lazy type", () => {
    const nested = oneOf(
      byteString,
      oneOf(
        lazy(() => inner),
        integer,
      ),
    );
    for (const value of [Uint8Array.of(1), { a: 1 }, 5]) {
      expect(decode(tag, nested, encode(tag, nested, value))).toStrictEqual(value);
    }
  });
});
