import {
  type AttributeMember,
  type AttributeRow,
  type Attributes,
  attributeNamed,
  attributeStructure,
  attributes,
  customAttribute,
  type Edition,
  fromStructures,
  type ManyMember,
  readAttribute,
  type State,
  tags,
  toStructures,
  v1_0,
  v1_1,
  writeAttribute,
} from "@akm/kmip-model";
import { decode, encode, encodeRaw, type Item, integer, textString } from "@akm/ttlv";
import { arbitrary } from "@akm/ttlv/testing";
import * as fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";

const rows: readonly AttributeRow[] = [...Object.values(attributes), customAttribute("x-one")];

/** Values that a row's type and check allow. */
function valuesOf(row: AttributeRow): fc.Arbitrary<unknown> {
  // Few of all integers are days: a filter would hardly ever let one through.
  if (row === attributes.autoReKeyIntervalInDays) return fc.integer({ min: 0, max: 36_500 });
  return arbitrary(row.type, tags.AttributeValue).filter((value) => row.check(value) === undefined);
}

describe.each(rows)("$name", (row) => {
  test("is read as it was written, at 1.1", () => {
    fc.assert(
      fc.property(valuesOf(row), fc.nat(), (value, index) => {
        const read = readAttribute(row, overTheWire(row, { index, value }, v1_1), {
          edition: v1_1,
        });
        expect(read).toStrictEqual({ row, index: row.many ? index : undefined, value });
      }),
      { numRuns: 30 },
    );
  });

  if (!row.offered) return;
  test("is read as it was written, at 1.0", () => {
    fc.assert(
      fc.property(valuesOf(row), (value) => {
        const structure = overTheWire(row, { index: 0, value }, v1_0);
        const read = readAttribute(row, structure, { edition: v1_0 });
        expect(overTheWire(row, { index: 0, value: read.value }, v1_0)).toEqual(structure);
      }),
      { numRuns: 30 },
    );
  });
});

function overTheWire(
  row: AttributeRow,
  instance: { readonly index: number; readonly value: unknown },
  edition: Edition,
) {
  const structure = writeAttribute(row, instance, edition);
  const bytes = encode(tags.Attribute, attributeStructure, structure, { edition });
  return decode(tags.Attribute, attributeStructure, bytes, { edition });
}

test("a digest at 1.0 is without its Key Format Type", () => {
  const value = {
    hashingAlgorithm: "SHA_256",
    digestValue: new Uint8Array(32),
    keyFormatType: "Raw",
  } as const;
  const { keyFormatType: _, ...older } = value;
  const structure = overTheWire(attributes.digest, { index: 0, value }, v1_0);
  expect(readAttribute(attributes.digest, structure, { edition: v1_0 }).value).toEqual(older);
});

const valueTag = { tag: tags.AttributeValue } as const;

test("only names that begin with x- are a client's own", () => {
  expect(attributeNamed("x-mine")?.name).toBe("x-mine");
  expect(attributeNamed("y-mine")).toBeUndefined();
  expect(attributeNamed("mine")).toBeUndefined();
  expect(attributeNamed("activation date")).toBeUndefined();
});

describe("a set of attributes", () => {
  const custom: Item = { ...valueTag, type: "Integer", value: 7 };

  test("is what its structures say, order and repetition kept", () => {
    const members = Object.fromEntries(
      (Object.keys(attributes) as AttributeMember[]).map((member) => [
        member,
        attributes[member].many
          ? fc.array(valuesOf(attributes[member]), { minLength: 1, maxLength: 3 })
          : valuesOf(attributes[member]),
      ]),
    );
    fc.assert(
      fc.property(fc.record(members, { requiredKeys: [], noNullPrototype: true }), (set) => {
        const whole = {
          ...set,
          custom: { "x-a": [custom, custom], "x-b": [custom] },
        } as Attributes;
        expect(fromStructures(toStructures(whole, v1_1), v1_1)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  test("has nothing newer than 1.0 at 1.0", () => {
    const set: Attributes = { certificateLength: 900, contactInformation: "desk 7" };
    const names = toStructures(set, v1_0).map(({ attributeName }) => attributeName);
    expect(names).toEqual(["Contact Information"]);
  });

  test("leaves out what nobody declared", () => {
    const unknown = {
      attributeName: "Random Number Generator",
      attributeValue: encodeRaw(tags.AttributeValue, textString, "?"),
    };
    const length = {
      attributeName: "Cryptographic Length",
      attributeValue: encodeRaw(tags.AttributeValue, integer, 256),
    };
    expect(fromStructures([unknown, length], v1_1)).toEqual({ cryptographicLength: 256 });
  });

  test("has the types of its declarations", () => {
    expectTypeOf<Attributes["activationDate"]>().toEqualTypeOf<bigint | undefined>();
    expectTypeOf<Attributes["state"]>().toEqualTypeOf<State | undefined>();
    expectTypeOf<Attributes["reKeyPermitted"]>().toEqualTypeOf<boolean | undefined>();
    expectTypeOf<Attributes["objectGroup"]>().toEqualTypeOf<readonly string[] | undefined>();
    expectTypeOf<"name">().toExtend<ManyMember>();
    expectTypeOf<"state">().not.toExtend<ManyMember>();
  });
});
