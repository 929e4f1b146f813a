import * as model from "@akm/kmip-model";
import { laterTags, sinceOfTag, tags, v1_0, v1_1 } from "@akm/kmip-model";
import { anyItem, decode, encode, type Item, TtlvError, type Type } from "@akm/ttlv";
import { arbitrary, sameItems } from "@akm/ttlv/testing";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { schemas } from "./schemas.ts";

const tag = tags.RequestPayload;

/** Structures that are new in 1.1 as a whole: nothing of 1.0 refers to them. */
const newIn1_1: ReadonlySet<unknown> = new Set([
  model.deviceCredential,
  model.extensionInformation,
  model.x_509CertificateIdentifier,
  model.x_509CertificateIssuer,
  model.x_509CertificateSubject,
]);

expect.addEqualityTesters([sameItems]);

test("the schemas are found", () => {
  expect(schemas.length).toBeGreaterThan(100);
});

describe.each(schemas)("$name", ({ type }) => {
  test("decodes what it encodes, at 1.1", () => {
    fc.assert(
      fc.property(arbitrary(type, tag), (value) => {
        const bytes = encode(tag, type, value, { edition: v1_1 });
        expect(decode(tag, type, bytes, { edition: v1_1 })).toStrictEqual(value);
      }),
      { numRuns: 30 },
    );
  });

  if (newIn1_1.has(type)) return;
  test("has nothing in a 1.0 encoding that is newer", () => {
    fc.assert(
      fc.property(arbitrary(type, tag), (value) => {
        const bytes = encode(tag, type, value, { edition: v1_0 });
        const read = readAt1_0(type, bytes);
        expect(encode(tag, type, read, { edition: v1_0 })).toEqual(bytes);
      }),
      { numRuns: 30 },
    );
    expect(newerTags(type)).toEqual([]);
  });
});

/** The value, or another try: an arbitrary one may name an enumeration's value that 1.0 does not have. */
function readAt1_0(type: Type<unknown>, bytes: Uint8Array): unknown {
  try {
    return decode(tag, type, bytes, { edition: v1_0 });
  } catch (error) {
    fc.pre(!(error instanceof TtlvError && error.code === "UnknownValue"));
    throw error;
  }
}

/** The tags of fields in the fullest 1.0 encodings that 1.0 does not know. */
function newerTags(type: Type<unknown>): number[] {
  const samples = fc.sample(arbitrary(type, tag), { numRuns: 10, seed: 1 });
  const found = samples.flatMap((value) =>
    fieldTags(decode(tag, anyItem, encode(tag, type, value, { edition: v1_0 })), type),
  );
  return [...new Set(found)].filter(
    (each) => each !== laterTags.OffsetItems && sinceOfTag(each) > v1_0,
  );
}

/** The tags of an item's declared fields, downward; what is left raw is not this schema's. */
function fieldTags(item: Item, type: Type<unknown>): number[] {
  if (item.type !== "Structure" || !("fields" in type)) return [];
  const fields = Object.values(type.fields as Record<string, { tag: number; type: Type<unknown> }>);
  return item.value.flatMap((member) => {
    const field = fields.find((each) => each.tag === member.tag);
    return field === undefined ? [member.tag] : [member.tag, ...fieldTags(member, field.type)];
  });
}
