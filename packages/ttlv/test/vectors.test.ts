import {
  anyItem,
  bigInteger,
  boolean,
  byteString,
  checkForm,
  dateTime,
  decode,
  encode,
  enumerationCode,
  type Item,
  integer,
  interval,
  longInteger,
  print,
  required,
  structure,
  TtlvError,
  type Type,
  textString,
} from "@akm/ttlv";
import { expect, test } from "vitest";
import { describeWithVectors, type Vector, vectorFile, vectors } from "./vectors.ts";

const files = [
  ["kmip-testcases-1.1.json", 518],
  ["kmip-usecases-1.0.json", 288],
  ["interop-captures.json", 22],
  ["pykmip-unit-fragments.json", 265],
  ["spec-9.1.2-examples.json", 10],
] as const;

describeWithVectors("the published messages", () => {
  test.each(files)("%s: all %i decode, and encode to the same bytes", (file, count) => {
    const strict = vectors(file).filter(({ ttlvStrict }) => ttlvStrict === true);
    expect(strict).toHaveLength(count);
    for (const { name, tag, bytes } of strict) {
      checkForm(bytes);
      expect(encode(tag, anyItem, decode(tag, anyItem, bytes)), name).toEqual(bytes);
      expect(print(bytes), name).not.toContain("!");
    }
  });

  test("the 1.1 test cases decode to what their own annotations say", () => {
    const byName = new Map(vectors("kmip-testcases-1.1.json").map((each) => [each.name, each]));
    const lines = vectorFile("kmip-testcases-1.1.annotated.jsonl").trim().split("\n");
    const annotated = lines.map((line) => JSON.parse(line) as Annotated);
    expect(annotated).toHaveLength(520);
    for (const { name, items } of annotated) {
      const { ttlvStrict, tag, bytes } = byName.get(name) as Vector;
      if (ttlvStrict !== true) continue;
      const found = flatten(decode(tag, anyItem, bytes), 0);
      expect(found, name).toEqual(items.map(annotatedItem));
    }
  });

  test("what is not valid TTLV is refused", () => {
    const malformed = vectors("pykmip-malformed.json");
    expect(malformed).toHaveLength(18);
    for (const { name, tag, bytes } of malformed) {
      expect(() => decode(tag, anyItem, bytes), name).toThrow(TtlvError);
    }
  });

  test.each(specificationExamples())("%s: the specification's example", (name, type, value) => {
    const example = vectors("spec-9.1.2-examples.json").find(
      (each) => each.name === `spec-9.1.2/${name}`,
    );
    const { tag, bytes } = example as Vector;
    expect(decode(tag, type, bytes)).toEqual(value);
    expect(encode(tag, type, value)).toEqual(bytes);
  });
});

/** A line of the annotations: depth, tag, tag's name, type, value as text. */
type AnnotatedItem = readonly [number, string, string, string, string];

interface Annotated {
  readonly name: string;
  readonly items: readonly AnnotatedItem[];
}

function annotatedItem([depth, tag, , type, text]: AnnotatedItem) {
  return { depth, tag, type: type.replace(/[ -]/, ""), value: annotatedValue(type, text) };
}

/** Numbers stand as `0x… (name or decimal)`; a Big Integer's hexadecimal part lacks its sign, its decimal part does not. */
function annotatedValue(type: string, text: string): unknown {
  if (type === "Structure") return "";
  if (type === "Text String" || type === "Byte String") return text;
  if (type === "Boolean") return text === "TRUE";
  if (type === "Big Integer") return BigInt(text.replace(/^.*\((.*)\)$/, "$1"));
  const number = BigInt(text.slice(0, text.search(/ |$/)));
  return type === "Long Integer" || type === "Date-Time" ? number : Number(number);
}

function flatten(item: Item, depth: number): unknown[] {
  const tag = item.tag.toString(16).toUpperCase();
  if (item.type === "Structure") {
    const inner = item.value.flatMap((each) => flatten(each, depth + 1));
    return [{ depth, tag, type: item.type, value: "" }, ...inner];
  }
  const { type, value } = item;
  const shown =
    value instanceof Uint8Array ? Buffer.from(value).toString("hex").toUpperCase() : value;
  return [{ depth, tag, type, value: shown }];
}

function specificationExamples(): readonly (readonly [string, Type<unknown>, unknown])[] {
  const pair = structure({
    code: required(0x420004, enumerationCode),
    number: required(0x420005, integer),
  });
  return [
    ["Integer 8", integer, 8],
    ["Long Integer 123456789000000000", longInteger, 123_456_789_000_000_000n],
    [
      "Big Integer 1234567890000000000000000000",
      bigInteger,
      1_234_567_890_000_000_000_000_000_000n,
    ],
    ["Enumeration 255", enumerationCode, 255],
    ["Boolean true", boolean, true],
    ['Text String "Hello World"', textString, "Hello World"],
    ["Byte String 010203", byteString, Uint8Array.of(1, 2, 3)],
    ["Date-Time 2008-03-14T11:56:40Z", dateTime, BigInt(Date.UTC(2008, 2, 14, 11, 56, 40) / 1000)],
    ["Interval 10 days (864000 s)", interval, 864_000],
    ["Structure {420004 Enumeration 254, 420005 Integer 255}", pair, { code: 254, number: 255 }],
  ];
}
