import type { Item, Type } from "@akm/ttlv";
import type { AttributeRow } from "./attribute.ts";
import { readAttribute, writeAttribute } from "./attribute-codec.ts";
import {
  type AttributeMember,
  attributeNamed,
  attributes,
  customAttribute,
  isCustomName,
} from "./attributes/index.ts";
import type { AttributeStructure } from "./structures/index.ts";
import type { Edition } from "./version.ts";

type Instances<Row> = Row extends { many: true } ? readonly ValueIn<Row>[] : ValueIn<Row>;

type ValueIn<Row> = Row extends { type: Type<infer Value> } ? Value : never;

/** One member for each attribute of a registry, arrays for those that may have several instances. */
export type AttributesOf<Registry> = { readonly [M in keyof Registry]?: Instances<Registry[M]> };

/**
 * Attributes as a value: a member for each that is declared, and `custom` for a client's own by name. Indices are not
 * in it: use the structures where they matter.
 */
export type Attributes = AttributesOf<typeof attributes> & {
  readonly custom?: Readonly<Record<string, readonly Item[]>>;
};

/**
 * The structures of a set, in the order of the registry, a client's own last; without indices, and without attributes
 * that are newer than the edition.
 */
export function toStructures(set: Attributes, edition: Edition): AttributeStructure[] {
  const declared = Object.entries(attributes).flatMap(([member, row]) =>
    written(row, set[member as AttributeMember], edition),
  );
  const custom = Object.entries(set.custom ?? {}).flatMap(([name, items]) =>
    written(customAttribute(name), items, edition),
  );
  return [...declared, ...custom];
}

function written(row: AttributeRow, value: unknown, edition: Edition): AttributeStructure[] {
  if (value === undefined || row.since > edition) return [];
  const values = row.many ? (value as readonly unknown[]) : [value];
  return values.map((one) => {
    const { attributeIndex: _, ...structure } = writeAttribute(
      row,
      { index: 0, value: one },
      edition,
    );
    return structure;
  });
}

/**
 * The set that an answer's structures make up. Attributes that are not declared are left out.
 *
 * @throws KmipError `InvalidMessage`, `InvalidField` where a value does not fit its declaration
 */
export function fromStructures(
  structures: readonly AttributeStructure[],
  edition: Edition,
): Attributes {
  const set: Record<string, unknown> = {};
  const custom: Record<string, Item[]> = Object.create(null);
  for (const structure of structures) {
    const row = attributeNamed(structure.attributeName);
    if (row === undefined) continue;
    const { value } = readAttribute(row, structure, { edition });
    if (isCustomName(row.name)) put(custom, row.name, value as Item);
    else if (row.many) put(set as Record<string, unknown[]>, memberNamed(row.name), value);
    else set[memberNamed(row.name)] = value;
  }
  return (Object.keys(custom).length > 0 ? { ...set, custom } : set) as Attributes;
}

function put<T>(lists: Record<string, T[]>, name: string, value: T): void {
  lists[name] = [...(lists[name] ?? []), value];
}

const memberByName: ReadonlyMap<string, string> = new Map(
  Object.entries(attributes).map(([member, row]) => [row.name, member]),
);

function memberNamed(name: string): string {
  return memberByName.get(name) as string;
}
