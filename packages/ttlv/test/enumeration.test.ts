import { decode, encode, enumeration, mask, required, structure, type ValueOf } from "@akm/ttlv";
import { hex } from "@akm/ttlv/testing";
import { describe, expect, expectTypeOf, test } from "vitest";
import { colour, usage } from "./everything.ts";
import { refusal } from "./thrown.ts";

const tag = 0x42_0001;

describe("an enumeration", () => {
  test("has the names of its rows for values", () => {
    expectTypeOf<ValueOf<typeof colour>>().toEqualTypeOf<"Red" | "Green" | "Far">();
    expect([...colour.rows.keys()]).toEqual(["Red", "Green", "Far"]);
    expect(colour.rows.get("Green")).toEqual({ code: 2, since: 2, section: "1.2" });
  });

  test.each([
    ["Red", hex`420001 05 00000004 00000001 00000000`],
    ["Far", hex`420001 05 00000004 80000001 00000000`],
  ] as const)("%s is its number on the wire", (name, bytes) => {
    expect(encode(tag, colour, name)).toEqual(bytes);
    expect(decode(tag, colour, bytes)).toBe(name);
    expect(encode(tag, colour.open, name)).toEqual(bytes);
    expect(decode(tag, colour.open, bytes)).toBe(name);
  });

  test("names and numbers are found in both directions", () => {
    expect(colour.codeOf("Far")).toBe(0x8000_0001);
    expect(colour.nameOf(2)).toBe("Green");
    expect(colour.nameOf(3)).toBeUndefined();
    expect(refusal(() => colour.codeOf("Blue" as never)).code).toBe("UnknownValue");
  });

  test.each([0, 3, 63, 64, 0x8000_0002])("the number %i is unknown, and open to itself", (code) => {
    const bytes = encode(tag, colour.open, code);
    expect(refusal(() => decode(tag, colour, bytes))).toEqual({
      code: "UnknownValue",
      path: "",
      offset: 8,
    });
    expect(decode(tag, colour.open, bytes)).toBe(code);
  });

  test("a value newer than the edition is unknown when decoding, and written all the same", () => {
    const bytes = encode(tag, colour, "Green", { edition: 1 });
    expect(refusal(() => decode(tag, colour, bytes, { edition: 1 })).code).toBe("UnknownValue");
    expect(decode(tag, colour.open, bytes, { edition: 1 })).toBe(2);
    expect(decode(tag, colour, bytes, { edition: 2 })).toBe("Green");
  });

  test("an unknown name is not written", () => {
    const type = structure({ colour: required(0x42_0002, colour) });
    const refused = { code: "UnknownValue", path: "colour", offset: 8 };
    expect(refusal(() => encode(tag, type, { colour: "Blue" as never }))).toEqual(refused);
    expect(() => encode(tag, colour, "Blue" as never)).toThrow('Colour has no "Blue"');
    expect(() => encode(tag, colour, 1 as never)).toThrow("Colour has no 1");
    expect(refusal(() => encode(tag, colour.open, "Blue" as never)).code).toBe("UnknownValue");
    expect(refusal(() => encode(tag, colour.open, -1)).code).toBe("BadValue");
  });

  test("slips in its rows are RangeErrors", () => {
    expect(() => enumeration("Bad", { A: 1, B: 1 })).toThrow("Bad.B: 1 stands twice");
    expect(() => enumeration("Bad", { A: -1 })).toThrow(RangeError);
    expect(() => enumeration("Bad", { A: 2 ** 32 })).toThrow(RangeError);
  });
});

describe("a mask", () => {
  test("is an Integer on the wire, and names in bit order", () => {
    const bytes = hex`420001 02 00000004 80000003 00000000`;
    expect(encode(tag, usage, ["Last", "Second", "First", "First"])).toEqual(bytes);
    expect(decode(tag, usage, bytes)).toEqual(["First", "Second", "Last"]);
    expect(decode(tag, usage, encode(tag, usage, []))).toEqual([]);
  });

  test("gives its bits unsigned, and takes them signed too", () => {
    expect(usage.bitsOf(["Last"])).toBe(0x8000_0000);
    expect(usage.namesOf(0x8000_0000)).toEqual(["Last"]);
    expect(usage.namesOf(0x8000_0000 | 1)).toEqual(["First", "Last"]);
  });

  test("does not know other bits, or those newer than the edition", () => {
    const refused = { code: "UnknownValue", path: "", offset: 8 };
    const bytes = hex`420001 02 00000004 00000005 00000000`;
    expect(refusal(() => decode(tag, usage, bytes))).toEqual(refused);
    const newer = encode(tag, usage, ["Last"]);
    expect(refusal(() => decode(tag, usage, newer, { edition: 1 }))).toEqual(refused);
    expect(decode(tag, usage, newer, { edition: 2 })).toEqual(["Last"]);
    expect(refusal(() => usage.namesOf(4)).code).toBe("UnknownValue");
  });

  test("does not write other names", () => {
    expect(refusal(() => encode(tag, usage, ["Third"] as never)).code).toBe("UnknownValue");
    expect(refusal(() => usage.bitsOf(["Third"] as never)).code).toBe("UnknownValue");
    expect(refusal(() => encode(tag, usage, "First" as never)).code).toBe("BadValue");
  });

  test("wants one bit a row", () => {
    expect(() => mask("Bad", { A: 3 })).toThrow("Bad.A: 3 is not one bit");
    expect(() => mask("Bad", { A: 0 })).toThrow(RangeError);
  });
});
