import {
  anyItem,
  decode,
  encode,
  integer,
  optional,
  repeated,
  required,
  structure,
  textString,
} from "@akm/ttlv";
import { hex } from "@akm/ttlv/testing";
import { afterEach, expect, test, vi } from "vitest";
import { refusal } from "./thrown.ts";

const tag = 0x42_0001;
const value = {
  name: "a",
  counts: [1, 2],
  rest: [{ tag: 0x42_0004, type: "Boolean", value: true }],
};
const bytes = hex`
  42 00 01 | 01 | 00 00 00 40
  42 00 02 | 07 | 00 00 00 01 | 61 00 00 00 00 00 00 00
  42 00 03 | 02 | 00 00 00 04 | 00 00 00 01 00 00 00 00
  42 00 03 | 02 | 00 00 00 04 | 00 00 00 02 00 00 00 00
  42 00 04 | 06 | 00 00 00 08 | 00 00 00 00 00 00 00 01`;

/** Declared anew each time: a structure is compiled when it is first used. */
function declared() {
  return structure({
    name: required(0x42_0002, textString),
    counts: repeated(0x42_0003, integer, { atLeast: 1 }),
    rest: repeated(0x42_0004, anyItem),
    later: optional(0x42_0005, integer, { since: 2 }),
  });
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a structure reads and writes the same where no code may be made at run time", () => {
  refuseCode(new EvalError("no code from strings"));
  const type = declared();
  expect(decode(tag, type, bytes)).toStrictEqual(value);
  const read = decode(tag, type, bytes);
  expect(encode(tag, type, { ...read, later: 3 }, { edition: 1 })).toEqual(bytes);
  expect(refusal(() => decode(tag, type, bytes.with(8 + 3, 8)))).toMatchObject({ path: "name" });
});

test("a structure whose code cannot be made for another reason is not used", () => {
  refuseCode(new SyntaxError("a defect"));
  const type = declared();
  expect(() => decode(tag, type, bytes)).toThrow(SyntaxError);
  expect(() => encode(tag, type, decode(tag, declared(), bytes))).toThrow(SyntaxError);
});

test("a member's name is text, whatever stands in it", () => {
  const name = '"]; throw new Error("made code"); //\u2028\\';
  const type = structure({ [name]: required(0x42_0002, integer) });
  const one = { [name]: 7 };
  expect(decode(tag, type, encode(tag, type, one))).toStrictEqual(one);
});

test("a value that did not fit is read once more, to tell what is wrong", () => {
  const type = declared();
  expect(
    encode(
      tag,
      type,
      withChanging(() => true),
    ),
  ).toEqual(bytes);
  const broken = withChanging(() => {
    throw new RangeError("the getter's own");
  });
  expect(() => encode(tag, type, broken)).toThrow(RangeError);
});

/** Its Boolean is no Boolean when it is read for the first time. */
function withChanging(later: () => boolean) {
  let isFirst = true;
  const item = {
    tag: 0x42_0004,
    type: "Boolean",
    get value() {
      if (!isFirst) return later();
      isFirst = false;
      return 7 as never;
    },
  } as const;
  return { name: "a", counts: [1, 2], rest: [item] };
}

function refuseCode(error: Error): void {
  vi.stubGlobal("Function", function refused() {
    throw error;
  });
}
