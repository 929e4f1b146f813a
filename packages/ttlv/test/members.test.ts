import { encodeRaw, integer, members, required, structure, textString } from "@akm/ttlv";
import { expect, test } from "vitest";

test("the members of a structure are its items, with their tags, types and offsets", () => {
  const pair = structure({
    text: required(0x420001, textString),
    number: required(0x420002, integer),
  });
  const item = encodeRaw(0x420003, pair, { text: "abc", number: 7 });
  expect(members(item).map(({ tag, type, offset }) => ({ tag, type, offset }))).toEqual([
    { tag: 0x420001, type: "TextString", offset: 8 },
    { tag: 0x420002, type: "Integer", offset: 24 },
  ]);
});

test("an empty structure has no members", () => {
  expect(members(encodeRaw(0x420003, structure({}), {}))).toEqual([]);
});
