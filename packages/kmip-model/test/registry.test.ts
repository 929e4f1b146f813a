import {
  attributes,
  enumerations,
  nameOfTag,
  operations,
  sinceOfTag,
  tags,
  v1_0,
} from "@akm/kmip-model";
import type { Enumeration, Mask } from "@akm/ttlv";
import { describe, expect, test } from "vitest";
import { editionOf, type SpecifiedValue, specification, xmlName } from "./specification.ts";

type Declared = Enumeration<string> | Mask<string>;

const declared = Object.values(enumerations as unknown as Record<string, Declared>);
const declaredMasks = declared.filter(({ itemType }) => itemType === "Integer");
const declaredEnumerations = declared.filter(({ itemType }) => itemType === "Enumeration");

/** `name code since` of each row, sorted, so that a comparison names what either side lacks. */
function rowsOf({ name, rows }: Declared): string[] {
  return [...rows].map(([row, { code, since = v1_0 }]) => line(`${name}.${row}`, code, since));
}

function specifiedRows(table: Readonly<Record<string, readonly SpecifiedValue[]>>): string[] {
  return Object.entries(table).flatMap(([name, rows]) =>
    rows.map((row) =>
      line(
        `${xmlName(name)}.${xmlName(row.name)}`,
        Number.parseInt(row.value, 16),
        editionOf(row.since),
      ),
    ),
  );
}

function line(name: string, code: number, since: number): string {
  return `${name} 0x${code.toString(16)} ${since}`;
}

describe.skipIf(specification === undefined)("against the tables of KMIP 1.1", () => {
  const tables = specification as NonNullable<typeof specification>;

  test("every tag is declared under its number and edition, and no other", () => {
    const wanted = tables.tags.map(({ tag, name, since }) =>
      line(xmlName(name), Number.parseInt(tag, 16), editionOf(since)),
    );
    const found = Object.entries(tags).map(([name, tag]) => line(name, tag, sinceOfTag(tag)));
    expect(found.sort()).toEqual(wanted.sort());
  });

  test("every enumeration is declared, and no other", () => {
    const wanted = Object.keys(tables.enumerations).map(xmlName);
    expect(declaredEnumerations.map(({ name }) => name).sort()).toEqual(wanted.sort());
  });

  test("every value of every enumeration is declared, and no other", () => {
    const wanted = specifiedRows(tables.enumerations);
    expect(declaredEnumerations.flatMap(rowsOf).sort()).toEqual(wanted.sort());
  });

  test("every bit of both masks is declared, and no other", () => {
    const wanted = specifiedRows(tables.masks);
    expect(declaredMasks.flatMap(rowsOf).sort()).toEqual(wanted.sort());
  });

  test("every operation is declared under its code and edition, and no other", () => {
    const wanted = tables.enumerations["Operation"]?.map(({ name, value, since }) =>
      line(xmlName(name), Number.parseInt(value, 16), editionOf(since)),
    );
    const found = Object.values(operations).map(({ name, code, since }) => line(name, code, since));
    expect(found).toEqual(wanted);
  });
});

test("no tag stands twice", () => {
  expect(new Set(Object.values(tags)).size).toBe(Object.keys(tags).length);
});

test("a tag is found by its number, an unknown number has no name", () => {
  expect(nameOfTag(0x42_0094)).toBe("UniqueIdentifier");
  expect(nameOfTag(0x42_00b8)).toBeUndefined();
});

test("no operation's code stands twice, and each is registered under its own name", () => {
  const declarations = Object.values(operations);
  expect(new Set(declarations.map(({ code }) => code)).size).toBe(declarations.length);
  expect(Object.keys(operations)).toEqual(declarations.map(({ name }) => name));
});

test("an operation's code is that of its enumeration", () => {
  for (const { name, code } of Object.values(operations)) {
    expect(enumerations.operation.codeOf(name), name).toBe(code);
  }
});

test("no attribute's name stands twice", () => {
  const names = Object.values(attributes).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test("an attribute of KMIP bears the name of a tag; those of the vendor begin with y-", () => {
  const names = Object.values(attributes).map(({ name }) => name);
  const untagged = names.filter((name) => !(xmlName(name) in tags));
  expect(untagged).toEqual(names.filter((name) => name.startsWith("y-")));
  expect(untagged).toHaveLength(10);
});

test("an offered attribute applies to templates exactly where a template may hold it", () => {
  for (const row of Object.values(attributes).filter(({ offered }) => offered)) {
    expect(row.objectTypes.includes("Template"), row.name).toBe(row.template !== "never");
  }
});
