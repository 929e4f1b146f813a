import { anyItem, encode, type Item, print } from "@akm/ttlv";
import { hex } from "@akm/ttlv/testing";
import * as fc from "fast-check";
import { expect, test } from "vitest";

const names = new Map([
  [0x42_0078, "RequestMessage"],
  [0x42_005c, "Operation"],
  [0x42_0043, "KeyMaterial"],
]);
const known = {
  nameOf: (tag: number) => names.get(tag),
  isSecret: (tag: number) => tag === 0x42_0043,
  valueNameOf: (tag: number, code: number) =>
    tag === 0x42_005c && code === 1 ? "Create" : undefined,
};

function bytesOf(...value: Item[]): Uint8Array {
  return encode(0x42_0078, anyItem, { tag: 0, type: "Structure", value });
}

const message = bytesOf(
  { tag: 0x42_005c, type: "Enumeration", value: 1 },
  { tag: 0x42_005c, type: "Enumeration", value: 2 },
  { tag: 0x54_0001, type: "Structure", value: [{ tag: 1, type: "DateTime", value: -1n }] },
  { tag: 2, type: "TextString", value: "line\nend\u202e" },
  { tag: 3, type: "ByteString", value: Uint8Array.of(0, 255) },
  { tag: 4, type: "BigInteger", value: -1n },
  { tag: 5, type: "Boolean", value: true },
);

test("a dump has an item a line, with the names that it was given", () => {
  expect(print(message, known)).toBe(
    [
      "RequestMessage Structure (128 bytes)",
      "  Operation Enumeration 1 (Create)",
      "  Operation Enumeration 2",
      "  0x540001 Structure (16 bytes)",
      "    0x000001 DateTime -1",
      '  0x000002 TextString "line\\nend\\u{202e}"',
      "  0x000003 ByteString 00FF",
      "  0x000004 BigInteger FFFFFFFFFFFFFFFF",
      "  0x000005 Boolean true",
    ].join("\n"),
  );
});

test("without names it has the numbers", () => {
  expect(print(message).split("\n")[1]).toBe("  0x42005C Enumeration 1");
});

test("a secret shows its length alone, and so does a structure that holds it", () => {
  const material = Uint8Array.from({ length: 16 }, () => 0xab);
  const plain = bytesOf({ tag: 0x42_0043, type: "ByteString", value: material });
  expect(print(plain, known)).toContain("  KeyMaterial ByteString [hidden, 16 bytes]");
  const value = [{ tag: 1, type: "BigInteger", value: 2n ** 60n }] as const;
  const structured = bytesOf(
    { tag: 0x42_0043, type: "Structure", value },
    { tag: 2, type: "Boolean", value: true },
  );
  expect(print(structured, known).split("\n").slice(1)).toEqual([
    "  KeyMaterial Structure [hidden, 16 bytes]",
    "  0x000002 Boolean true",
  ]);
  expect(print(plain, known) + print(structured, known)).not.toMatch(/ABAB|1000/);
});

test("a bad secret is not shown either", () => {
  const bytes = bytesOf({ tag: 0x42_0043, type: "ByteString", value: Uint8Array.of(0xab) });
  bytes[17] = 0xcd;
  expect(print(bytes, known)).not.toMatch(/AB|CD/);
});

test("long values are cut", () => {
  const bytes = bytesOf(
    { tag: 1, type: "ByteString", value: new Uint8Array(33) },
    { tag: 2, type: "TextString", value: "x".repeat(201) },
  );
  expect(print(bytes)).toContain(`${"00".repeat(32)}… (33 bytes)`);
  expect(print(bytes)).toContain(`"${"x".repeat(200)}"… (201 characters)`);
});

test.each([
  ["cut in a header", message.subarray(0, 20), "! stops at byte 20: the bytes end before the item"],
  ["cut in a value", message.subarray(0, 36), "! stops at byte 36: the bytes end before the item"],
  ["no type", hex`420078 0B 00000000`, "! stops at byte 3: tag 0x420078 has type 11"],
  [
    "a length beyond its structure",
    hex`420078 01 00000008 | 420001 07 00000008 | 00`,
    "! stops at byte 12: ",
  ],
  ["levels beyond the limit", hex`${"42007801FFFFFFF8".repeat(40)}`, "! stops at byte 12: "],
])("%s: the last line says where it stops", (_, bytes, last) => {
  expect(print(bytes).split("\n").at(-1)).toContain(last);
});

test("a value that is not allowed is shown as bytes, and the dump goes on", () => {
  const bytes = hex`420078 01 00000020 | 420001 06 00000008 0000000000000002 | 420002 02 00000004 00000001 00000000`;
  expect(print(bytes).split("\n").slice(1)).toEqual([
    "  0x420001 Boolean ! a Boolean is 0 or 1: 0000000000000002",
    "  0x420002 Integer 1",
  ]);
});

test("a dump is made of any bytes", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      (bytes) => typeof print(bytes, known) === "string",
    ),
  );
});

test("what the names throw goes through", () => {
  const broken = {
    nameOf: () => {
      throw new TypeError("a slip");
    },
  };
  expect(() => print(message, broken)).toThrow("a slip");
  const brokenValue = {
    valueNameOf: () => {
      throw new TypeError("a slip");
    },
  };
  expect(() => print(message, brokenValue)).toThrow("a slip");
});
