import {
  decode,
  encode,
  integer,
  lazy,
  optional,
  repeated,
  required,
  structure,
  TtlvError,
  type Type,
  textString,
  type ValueOf,
} from "@akm/ttlv";
import { hex } from "@akm/ttlv/testing";
import { describe, expect, expectTypeOf, test } from "vitest";
import { tree } from "./everything.ts";
import { refusal } from "./thrown.ts";

const inner = structure({
  a: required(0x42_0002, integer),
  b: optional(0x42_0003, textString),
});
const outer = structure({
  first: optional(0x42_0004, integer),
  list: repeated(0x42_0005, inner, { atLeast: 1 }),
  last: optional(0x42_0006, integer),
});
const tag = 0x42_0001;

const read = (bytes: Uint8Array, options = {}) => decode(tag, outer, bytes, options);

test("a structure's type has required, optional and repeated members", () => {
  expectTypeOf<ValueOf<typeof outer>>().toEqualTypeOf<{
    readonly first?: number;
    readonly list: readonly { readonly a: number; readonly b?: string }[];
    readonly last?: number;
  }>();
});

test("members stand in the order of their declaration", () => {
  const bytes = encode(tag, outer, { last: 3, list: [{ b: "x", a: 2 }], first: 1 });
  expect(bytes).toEqual(hex`
    42 00 01 | 01 | 00 00 00 48
    42 00 04 | 02 | 00 00 00 04 | 00000001 00000000
    42 00 05 | 01 | 00 00 00 20
    42 00 02 | 02 | 00 00 00 04 | 00000002 00000000
    42 00 03 | 07 | 00 00 00 01 | 78 00000000000000
    42 00 06 | 02 | 00 00 00 04 | 00000003 00000000`);
  expect(read(bytes)).toStrictEqual({ first: 1, list: [{ a: 2, b: "x" }], last: 3 });
});

test("absent members: no property for an optional one, an empty array for a repeated one", () => {
  const type = structure({
    maybe: optional(0x42_0002, integer),
    list: repeated(0x42_0003, integer),
  });
  expect(decode(tag, type, hex`420001 01 00000000`)).toStrictEqual({ list: [] });
});

const first = "420004 02 00000004 00000001 00000000";
const last = "420006 02 00000004 00000003 00000000";
const one = "420005 01 00000010 420002 02 00000004 00000007 00000000";
const stranger = "540001 02 00000004 00000001 00000000";

function message(...items: readonly string[]): Uint8Array {
  const body = hex`${items.join("")}`;
  return Uint8Array.of(0x42, 0, 1, 1, 0, 0, body.length >>> 8, body.length, ...body);
}

describe("what does not fit a structure", () => {
  test.each([
    ["a single member twice", message(first, first, one), "Repeated", "first", 24],
    ["a single member again at the end", message(first, one, first), "Repeated", "first", 48],
    ["a member after a later one", message(one, first), "OutOfOrder", "first", 32],
    ["a repeated member after a later one", message(one, last, one), "OutOfOrder", "list", 48],
    ["an unknown tag", message(one, stranger), "UnknownField", "", 32],
    ["too few of a repeated member", message(first, last), "Missing", "list", 0],
    [
      "another type",
      message("420004 05 00000004 00000001 00000000", one),
      "WrongType",
      "first",
      11,
    ],
    [
      "a required member missing in an item",
      message(one, "420005 01 00000000"),
      "Missing",
      "list[1].a",
      32,
    ],
    [
      "another type in an item",
      message(one, "420005 01 00000010 420002 05 00000004 00000001 00000000"),
      "WrongType",
      "list[1].a",
      43,
    ],
    [
      "a bad value in an item",
      message("420005 01 00000010 420002 02 00000004 00000001 00000001"),
      "BadValue",
      "list[0].a",
      31,
    ],
    [
      "a type byte that is none",
      message("420004 0B 00000004 00000001 00000000"),
      "BadType",
      "",
      11,
    ],
    [
      "a length beyond the structure",
      message("420004 07 00000009 00000001 00000000"),
      "BadLength",
      "",
      12,
    ],
    [
      "a length that is not the type's",
      message("420004 02 00000008 00000001 00000000"),
      "BadLength",
      "",
      12,
    ],
    [
      "a structure of half a word",
      message("420005 01 00000002 00000001 00000000"),
      "BadLength",
      "",
      12,
    ],
  ])("%s", (_, bytes, code, path, offset) => {
    expect(refusal(() => read(bytes))).toEqual({ code, path, offset });
  });

  test("unknown tags are passed over where that is asked for", () => {
    const bytes = message(stranger, first, stranger, one, stranger);
    expect(read(bytes, { unknownFields: "ignore" })).toStrictEqual({ first: 1, list: [{ a: 7 }] });
  });

  test("an item passed over must still lie in bounds", () => {
    const bytes = message(one, "540001 07 00000009 00000001 00000000");
    const options = { unknownFields: "ignore" } as const;
    expect(refusal(() => read(bytes, options))).toEqual({
      code: "BadLength",
      path: "",
      offset: 36,
    });
  });

  test("the path that is handed in stands in front", () => {
    const options = { path: "batchItem[2].requestPayload" };
    expect(refusal(() => read(message(first, last), options)).path).toBe(`${options.path}.list`);
    expect(refusal(() => read(message(one, stranger), options)).path).toBe(options.path);
  });

  test("the text names path, offset, tag, what was found and what was wanted", () => {
    const bytes = message("420004 05 00000004 00000001 00000000", one);
    expect(() => read(bytes)).toThrow(
      new TtlvError("WrongType", "tag 0x420004 has type Enumeration, wanted Integer", {
        path: "first",
        offset: 11,
      }),
    );
    expect(() => read(bytes)).toThrow(/^first at byte 11: tag 0x420004/);
  });
});

describe("encoding", () => {
  test.each([
    ["no required member", { list: [{}] }, "Missing", "list[0].a", 16],
    ["too few of a repeated member", { list: [] }, "Missing", "list", 8],
    ["no array", { list: { a: 1 } }, "BadValue", "list", 8],
    ["an array absent", {}, "BadValue", "list", 8],
    ["an impossible value", { list: [{ a: 1 }, { a: 1.5 }] }, "BadValue", "list[1].a", 40],
    ["no object", { list: [7] }, "BadValue", "list[0]", 8],
    ["null", { list: [null] }, "BadValue", "list[0]", 8],
    ["an array for an object", { list: [[]] }, "BadValue", "list[0]", 8],
    ["bytes for an object", { list: [Uint8Array.of(1)] }, "BadValue", "list[0]", 8],
  ])("refuses %s", (_, value, code, path, offset) => {
    expect(refusal(() => encode(tag, outer, value as never))).toEqual({ code, path, offset });
  });

  test("an undefined optional member is absent", () => {
    const value = { first: undefined, list: [{ a: 7 }] } as never;
    expect(encode(tag, outer, value)).toEqual(message(one));
  });

  test("the path that is handed in stands in front", () => {
    const act = () => encode(tag, outer, { list: [] }, { path: "responsePayload" });
    expect(refusal(act).path).toBe("responsePayload.list");
  });
});

describe("editions", () => {
  const type = structure({
    old: required(0x42_0002, integer),
    fresh: optional(0x42_0003, integer, { since: 2 }),
    always: optional(0x42_0004, integer, { since: 2, always: true }),
    list: repeated(0x42_0005, integer, { since: 2, atLeast: 1 }),
    must: required(0x42_0006, integer, { since: 3 }),
  });
  const value = { old: 1, fresh: 2, always: 3, list: [4], must: 5 };

  test.each([
    [1, { old: 1, always: 3, list: [] }],
    [2, { old: 1, fresh: 2, always: 3, list: [4] }],
    [3, value],
    [undefined, value],
  ])("at edition %s newer fields are neither written nor missed", (edition, wanted) => {
    const options = edition === undefined ? {} : { edition };
    const bytes = encode(tag, type, value, options);
    expect(decode(tag, type, bytes, options)).toStrictEqual(wanted);
  });

  test("a newer field is unknown: refused, or passed over", () => {
    const bytes = encode(tag, type, value);
    const refused = { code: "UnknownField", path: "", offset: 24 };
    expect(refusal(() => decode(tag, type, bytes, { edition: 1 }))).toEqual(refused);
    const options = { edition: 1, unknownFields: "ignore" } as const;
    expect(decode(tag, type, bytes, options)).toStrictEqual({ old: 1, always: 3, list: [] });
  });

  test("a newer field that comes late is unknown, not late", () => {
    const bytes = message(
      "420004 02 00000004 00000001 00000000",
      "420003 02 00000004 00000001 00000000",
    );
    expect(refusal(() => decode(tag, type, bytes, { edition: 1 })).code).toBe("UnknownField");
    expect(refusal(() => decode(tag, type, bytes, { edition: 2 })).code).toBe("OutOfOrder");
  });
});

test("Missing says how many of a repeated member are wanted", () => {
  const type = structure({ list: repeated(0x42_0002, integer, { atLeast: 2 }) });
  const text = "tag 0x420002 is missing, at least 2 are wanted";
  expect(() => encode(tag, type, { list: [1] })).toThrow(text);
  expect(() => decode(tag, type, message("420002 02 00000004 00000001 00000000"))).toThrow(text);
});

test("a structure can hold itself", () => {
  const value = { name: "root", children: [{ name: "leaf", children: [] }] };
  expect(decode(tag, tree, encode(tag, tree, value))).toStrictEqual(value);
  const path = "children[0].name";
  const bad = { name: "root", children: [{ name: 1, children: [] }] };
  expect(refusal(() => encode(tag, tree, bad as never)).path).toBe(path);
});

test("slips in a declaration are RangeErrors", () => {
  expect(() => required(2 ** 24, integer)).toThrow(RangeError);
  expect(() => optional(-1, integer)).toThrow(RangeError);
  expect(() => repeated(0.5, integer)).toThrow(RangeError);
  const twice = { a: required(1, integer), b: required(1, integer) };
  expect(() => structure(twice)).toThrow("b has the tag of a");
});

test("what is no error of the bytes goes through as it is", () => {
  const broken: Type<number> = lazy(() => {
    throw new TypeError("a slip");
  });
  const type = structure({ a: required(0x42_0002, broken) });
  expect(() => encode(tag, type, { a: 1 })).toThrow(new TypeError("a slip"));
  expect(() => decode(tag, type, message("420002 02 00000004 00000001 00000000"))).toThrow(
    TypeError,
  );
});
