import {
  type AttributesOf,
  attribute,
  attributes,
  byClient,
  readAttribute,
  v1_1,
  whilePreActive,
  writeAttribute,
} from "@akm/kmip-model";
import { integer } from "@akm/ttlv";
import { expect, expectTypeOf, test } from "vitest";
import { attributesPage } from "../attributes-page.ts";

// All that a new attribute takes: a declaration, and a line in the registry.
const rackUnit = attribute({
  name: "Rack Unit",
  type: integer,
  objectTypes: ["SymmetricKey"],
  create: byClient(),
  modify: byClient(whilePreActive),
  check: (unit: number) => (unit < 1 || unit > 48 ? `${unit} is not within 1 to 48` : undefined),
  spec: "site rules, page 3",
  summary: "Where the appliance that the key is for is mounted.",
});
const registry = { ...attributes, rackUnit };

test("its value has a type in a set of attributes", () => {
  expectTypeOf<AttributesOf<typeof registry>["rackUnit"]>().toEqualTypeOf<number | undefined>();
});

test("it goes over the wire and comes back", () => {
  const structure = writeAttribute(rackUnit, { index: 0, value: 7 }, v1_1);
  expect(readAttribute(rackUnit, structure, { edition: v1_1 }).value).toBe(7);
});

test("its check refuses what its type allows", () => {
  const structure = writeAttribute(rackUnit, { index: 0, value: 49 }, v1_1);
  expect(() => readAttribute(rackUnit, structure, { edition: v1_1 })).toThrow(
    "Rack Unit 49 is not within 1 to 48",
  );
});

test("the page of attributes has a line for it", () => {
  const line =
    "| Rack Unit | Integer | one | client | no | client, while Pre-Active | no | 1.0 | site rules, page 3 |";
  expect(linesOf(attributesPage(registry, new Set()))).toContain(line);
  expect(linesOf(attributesPage(attributes, new Set()))).not.toContain(line);
});

/** The lines of a page without the blanks that align its tables. */
function linesOf(page: string): string[] {
  return page.split("\n").map((line) => line.replace(/ +/g, " "));
}
