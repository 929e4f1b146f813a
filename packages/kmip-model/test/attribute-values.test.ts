import {
  type AttributeRow,
  attributeNamed,
  attributes,
  readAttribute,
  tags,
  v1_1,
} from "@akm/kmip-model";
import { anyItem, encodeRaw, type Item } from "@akm/ttlv";
import { describe, expect, test } from "vitest";

/** An Attribute structure as a request may hold it. */
function given(attributeName: string, value: Item) {
  return {
    attributeName,
    attributeValue: encodeRaw(tags.AttributeValue, anyItem, value),
  };
}

const valueTag = { tag: tags.AttributeValue } as const;

describe("a value that does not fit is refused with the attribute's name", () => {
  test.each([
    [
      "of another type",
      "Activation Date",
      { ...valueTag, type: "Integer", value: 1 },
      "InvalidMessage",
    ],
    [
      "that its enumeration does not have",
      "Cryptographic Algorithm",
      { ...valueTag, type: "Enumeration", value: 0x1a },
      "InvalidField",
    ],
    [
      "whose bit the mask does not have",
      "Cryptographic Usage Mask",
      { ...valueTag, type: "Integer", value: 0x100000 },
      "InvalidField",
    ],
    [
      "with a field that nobody knows",
      "Link",
      {
        ...valueTag,
        type: "Structure",
        value: [{ tag: 0x54_0001, type: "Integer", value: 1 }],
      },
      "InvalidField",
    ],
    [
      "that is a name with a NUL",
      "Name",
      {
        ...valueTag,
        type: "Structure",
        value: [
          { tag: tags.NameValue, type: "TextString", value: "a\0b" },
          { tag: tags.NameType, type: "Enumeration", value: 1 },
        ],
      },
      "InvalidField",
    ],
    [
      "that is an empty thumbprint",
      "y-SQL Server Thumbprint",
      { ...valueTag, type: "ByteString", value: new Uint8Array(0) },
      "InvalidField",
    ],
    [
      "that is a thumbprint of 33 bytes",
      "y-SQL Server Thumbprint",
      { ...valueTag, type: "ByteString", value: new Uint8Array(33) },
      "InvalidField",
    ],
    [
      "of fewer than no days",
      "y-Auto Re-key Interval In Days",
      { ...valueTag, type: "Integer", value: -1 },
      "InvalidField",
    ],
    [
      "of more than a hundred years",
      "y-Auto Re-key Interval In Days",
      { ...valueTag, type: "Integer", value: 36_501 },
      "InvalidField",
    ],
    [
      "of more than 64 KiB of text",
      "y-Metadata",
      {
        ...valueTag,
        type: "Structure",
        value: [
          { tag: 0x54_0001, type: "TextString", value: "é".repeat(32_768) },
          { tag: 0x54_0010, type: "TextString", value: "!" },
        ],
      },
      "InvalidField",
    ],
    [
      "in a seventeenth field",
      "y-Metadata",
      {
        ...valueTag,
        type: "Structure",
        value: [{ tag: 0x54_0011, type: "TextString", value: "" }],
      },
      "InvalidField",
    ],
    [
      "that nests structures",
      "x-nested",
      {
        ...valueTag,
        type: "Structure",
        value: [{ tag: 0x54_0001, type: "Structure", value: [] }],
      },
      "InvalidField",
    ],
  ] as [string, string, Item, string][])("%s: %s", (_, name, value, reason) => {
    const row = attributeNamed(name) as AttributeRow;
    const text = expect.stringMatching(new RegExp(`^${name} `));
    expect(() => readAttribute(row, given(name, value), { edition: v1_1 })).toThrow(
      expect.objectContaining({ name: "KmipError", reason, message: text }),
    );
  });
});

test("a filter may leave fields of a structure out, a value may not", () => {
  const nameValue = { tag: tags.NameValue, type: "TextString", value: "disk" } as const;
  const half = given("Name", { ...valueTag, type: "Structure", value: [nameValue] });
  const read = readAttribute(attributes.name, half, { edition: v1_1, asFilter: true });
  expect(read.value).toEqual({ nameValue: "disk" });
  expect(() => readAttribute(attributes.name, half, { edition: v1_1 })).toThrow(/nameType/);
});
