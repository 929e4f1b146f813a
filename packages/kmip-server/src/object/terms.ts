import { type AttributeRow, attributeNamed, attributes, tags, v1_1 } from "@akm/kmip-model";
import { encodeRaw, type ItemType, itemTypes, members } from "@akm/ttlv";
import { type Keyring, term } from "../crypto/index.ts";
import { type AttributeSet, one } from "./attribute-set.ts";
import type { ManagedObject } from "./managed-object.ts";

// Search terms: a projection of the row, under a key, so that a search need not read all rows. A term only proposes;
// the row is asked again.

/** Makes terms under the keyring's index key. */
export type TermOf = (label: string, ...parts: readonly Uint8Array[]) => bigint;

/** The maker of terms for an installation. */
export function termsBy(keyring: Keyring): TermOf {
  return (label, ...parts) => term(keyring.index, label, ...parts);
}

/** Dates and State are asked of the row; identifiers are read directly. */
const withoutTerms: ReadonlySet<string> = new Set(
  [
    attributes.uniqueIdentifier,
    attributes.instance,
    attributes.state,
    attributes.initialDate,
    attributes.activationDate,
    attributes.processStartDate,
    attributes.protectStopDate,
    attributes.deactivationDate,
    attributes.compromiseOccurrenceDate,
    attributes.compromiseDate,
    attributes.lastChangeDate,
  ].map(({ name }) => name),
);

/** Whether values of this attribute have terms. */
export function hasTerms({ name }: AttributeRow): boolean {
  return !withoutTerms.has(name);
}

/** A value as a search compares it: its wire type, and the parts that are compared one by one. */
export interface ComparedParts {
  readonly type: ItemType;
  readonly parts: readonly Buffer[];
}

/**
 * The parts of an attribute value: one for each bit of the usage mask, one for each field of a structure (so that a part
 * of it finds), else the value itself. A filter's value may leave fields out. KMIP 1.1 §4.9.
 */
export function comparedParts(row: AttributeRow, value: unknown): ComparedParts {
  if (row.name === attributes.cryptographicUsageMask.name) {
    return { type: "Integer", parts: (value as readonly string[]).map((bit) => Buffer.from(bit)) };
  }
  const item = encodeRaw(tags.AttributeValue, row.filterType, value, { edition: v1_1 });
  const parts = item.type === "Structure" ? members(item) : [item];
  return { type: item.type, parts: parts.map(({ bytes }) => Buffer.from(bytes)) };
}

/** The terms of one attribute value, one for each of its parts. */
export function valueTerms(row: AttributeRow, value: unknown, termOf: TermOf): readonly bigint[] {
  return termsOf(row, comparedParts(row, value).parts, termOf);
}

/** The terms by which a value is looked for: of a structure those of the parts that tell objects apart, if it has one. */
export function searchTerms(
  row: AttributeRow,
  compared: ComparedParts,
  termOf: TermOf,
): readonly bigint[] {
  const telling = tellingParts(compared);
  return termsOf(row, telling.length > 0 ? telling : compared.parts, termOf);
}

/** The parts of a structure without its enumerations, whose few values half of all objects share. */
export function tellingParts({ type, parts }: ComparedParts): readonly Buffer[] {
  return type === "Structure" ? parts.filter((part) => part[3] !== itemTypes.Enumeration) : parts;
}

function termsOf(row: AttributeRow, parts: readonly Buffer[], termOf: TermOf): readonly bigint[] {
  return parts.map((part) => termOf(`attribute ${row.name}`, part));
}

/** All terms of an object: those of what is searched of it, and those of its readers; a sorted set. */
export function objectTerms(
  object: ManagedObject,
  searched: AttributeSet,
  termOf: TermOf,
): readonly bigint[] {
  const terms = new Set(readerTerms(object, termOf));
  for (const [name, { instances }] of searched) {
    const row = attributeNamed(name);
    if (row === undefined || !hasTerms(row)) continue;
    for (const { value } of instances)
      for (const one of valueTerms(row, value, termOf)) terms.add(one);
  }
  return [...terms].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
}

/** The term of what everyone may see. */
export function anyoneTerm(termOf: TermOf): bigint {
  return termOf("reader anyone");
}

/** The term of what a user may see. */
export function userTerm(user: string, termOf: TermOf): bigint {
  return termOf("reader user", Buffer.from(user));
}

/** The term of what a group may see. */
export function groupTerm(group: string, termOf: TermOf): bigint {
  return termOf("reader group", Buffer.from(group));
}

/** Who may see an object, by its access check: a superset, the row decides. */
function readerTerms(
  { objectType, owner, users, groups, attributes: set }: ManagedObject,
  termOf: TermOf,
): readonly bigint[] {
  const byUser = users.map((user) => userTerm(user, termOf));
  const byGroup = groups.map((group) => groupTerm(group, termOf));
  if (objectType === "Template") return [userTerm(owner, termOf)];
  switch (one(set, attributes.accessCheck) ?? "ListedUsers") {
    case "Anyone":
      return [anyoneTerm(termOf)];
    case "ListedUsers":
    case "ListedUserAndGroup":
      return byUser;
    case "ListedGroups":
      return byGroup;
    case "ListedUserOrGroup":
      return [...byUser, ...byGroup];
  }
}
