import { anyItem, checkForm, decode, encode, TtlvError, type Type } from "@akm/ttlv";
import { arbitrary, flipBits, splice } from "@akm/ttlv/testing";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { everything, everythingTag as tag } from "./everything.ts";

const formCodes = [
  "Truncated",
  "TooLong",
  "BadType",
  "BadLength",
  "TooDeep",
  "TooManyItems",
  "TrailingBytes",
];

const messages = arbitrary(everything).map((value) => encode(tag, everything, value));
const position = fc.nat({ max: 4096 });

const hostile: readonly (readonly [string, fc.Arbitrary<Uint8Array>])[] = [
  ["arbitrary", fc.uint8Array({ maxLength: 300 })],
  ["arbitrary under a right header", fc.uint8Array({ maxLength: 300 }).map(underHeader)],
  [
    "truncated",
    fc.tuple(messages, position).map(([bytes, at]) => bytes.subarray(0, at % (bytes.length + 1))),
  ],
  [
    "bit-flipped",
    fc.tuple(messages, fc.array(fc.nat(), { minLength: 1, maxLength: 3 })).map(([bytes, bits]) =>
      flipBits(
        bytes,
        bits.map((bit) => bit % (8 * bytes.length)),
      ),
    ),
  ],
  [
    "spliced",
    fc.tuple(messages, messages, position, fc.nat({ max: 64 })).map(([bytes, other, at, removed]) =>
      splice(bytes, 8 * (at % (bytes.length / 8)), {
        removed: removed * 8,
        inserted: other.subarray(8, 8 + 8 * (at % 8)),
      }),
    ),
  ],
];

describe.each(hostile)("%s bytes", (_, bytesOf) => {
  test.each<[string, Type<unknown>]>([
    ["a schema", everything],
    ["any item", anyItem],
  ])("give %s a TtlvError, or a value that re-encodes to them", (_name, type) => {
    fc.assert(
      fc.property(bytesOf, (bytes) => {
        const code = codeOf(() =>
          expect(encode(tag, type, decode(tag, type, bytes))).toEqual(bytes),
        );
        expect(code).not.toBe("BadTag");
      }),
    );
  });

  test("have a form exactly when decoding any item finds no fault in it", () => {
    fc.assert(
      fc.property(bytesOf, (bytes) => {
        const form = codeOf(() => checkForm(bytes));
        const decoded = codeOf(() => decode(bytes.length < 3 ? 0 : tagOf(bytes), anyItem, bytes));
        if (form === undefined) expect(formCodes).not.toContain(decoded);
        else expect(["BadValue", "TextTooLong", form]).toContain(decoded);
      }),
    );
  });
});

function codeOf(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (caught) {
    if (caught instanceof TtlvError) return caught.code;
    throw caught;
  }
}

function underHeader(bytes: Uint8Array): Uint8Array {
  const length = bytes.length & ~7;
  return Uint8Array.of(0x42, 0, 1, 1, 0, 0, length >>> 8, length, ...bytes.subarray(0, length));
}

function tagOf(bytes: Uint8Array): number {
  return Buffer.from(bytes).readUIntBE(0, 3);
}
