import { anyItem, decode, encode } from "@akm/ttlv";
import { expect, test } from "vitest";
import { refusal } from "./thrown.ts";

const tag = 0x42_0001;

test("an item comes back with its tag, type and value, and is written under the field's tag", () => {
  const item = {
    tag: 0x54_0001,
    type: "Structure",
    value: [{ tag: 1, type: "Boolean", value: true }],
  } as const;
  const bytes = encode(tag, anyItem, item);
  expect(decode(tag, anyItem, bytes)).toStrictEqual({ ...item, tag });
});

test.each<[string, unknown, string]>([
  ["no object", 1, "BadValue"],
  ["nothing", undefined, "BadValue"],
  ["an unknown type", { tag: 1, type: "toString", value: 1 }, "BadValue"],
  ["another value", { tag: 1, type: "Integer", value: "1" }, "BadValue"],
  ["no items", { tag: 1, type: "Structure", value: 1 }, "BadValue"],
  ["a member without a tag", { tag: 1, type: "Structure", value: [{}] }, "BadTag"],
  ["a member that is nothing", { tag: 1, type: "Structure", value: [undefined] }, "BadTag"],
  ["a tag of four bytes", { tag: 1, type: "Structure", value: [{ tag: 2 ** 24 }] }, "BadTag"],
  ["a tag below 0", { tag: 1, type: "Structure", value: [{ tag: -1 }] }, "BadTag"],
  ["half a tag", { tag: 1, type: "Structure", value: [{ tag: 0.5 }] }, "BadTag"],
])("an item that is %s is not written", (_, item, code) => {
  expect(refusal(() => encode(tag, anyItem, item as never)).code).toBe(code);
});
