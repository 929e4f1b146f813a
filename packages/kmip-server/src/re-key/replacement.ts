import { type AttributeRow, attributeNamed, attributes, KmipError } from "@akm/kmip-model";
import { checkConsistency } from "../guard/consistency.ts";
import { checkCount } from "../guard/values.ts";
import {
  type AttributeSet,
  all,
  one,
  renumbered,
  withAdded,
  withOne,
  withoutAll,
  withReplaced,
} from "../object/attribute-set.ts";
import type { ManagedObject } from "../object/managed-object.ts";
import { checkOffset, moved } from "./dates.ts";

/** What a Re-key asks for. */
export interface ReKeying {
  /** Attributes from the request and its templates: each replaces what the old instance has of it. */
  readonly given: AttributeSet;
  /** Seconds from now until the replacement goes into service; `undefined` keeps the dates. */
  readonly offset: number | undefined;
}

/** What belongs to the old instance alone. KMIP 1.1 §4.4. */
const notInherited = [
  attributes.link,
  attributes.compromiseDate,
  attributes.compromiseOccurrenceDate,
  attributes.revocationReason,
];

/**
 * The attributes of an instance's replacement: what it inherits, numbered anew, and what is given. Dates that were
 * stamped by Activate and Revoke are not held against each other; what is given is held against all.
 *
 * @param now  seconds since 1970, server time
 * @throws KmipError `InvalidField`, `InvalidMessage`, `IllegalOperation`, `IndexOutOfBounds`
 */
export function replacementAttributes(
  { id, attributes: old }: ManagedObject,
  { given, offset }: ReKeying,
  now: bigint,
): AttributeSet {
  checkOffset(offset, given);
  checkUnchanged(old, given);
  const inherited = notInherited.reduce(withoutAll, old);
  const set: AttributeSet = new Map([...moved(renumbered(inherited), offset, now), ...given]);
  for (const name of given.keys()) checkConsistency(set, attributeNamed(name));
  checkCount(set, "SymmetricKey");
  const dated = withOne(withOne(set, attributes.initialDate, now), attributes.lastChangeDate, now);
  const replaced = { linkType: "ReplacedObjectLink", linkedObjectIdentifier: id } as const;
  return withAdded(dated, attributes.link, replaced);
}

/** What a successor has like the old instance, whatever is given. KMIP 1.1 §4.4. */
const unchanging: readonly AttributeRow[] = [
  attributes.cryptographicAlgorithm,
  attributes.cryptographicLength,
];

function checkUnchanged(old: AttributeSet, given: AttributeSet): void {
  for (const row of unchanging) {
    const [wanted, there] = [one(given, row), one(old, row)];
    if (wanted !== undefined && wanted !== there)
      throw new KmipError("InvalidField", `${row.name} is ${wanted}, and that of the key ${there}`);
  }
}

/**
 * The old instance: rolled for ever, nameless, usable as before, with a link to its replacement, of which there is one
 * at the most. KMIP 1.1 §3.35, §4.4.
 */
export function rolledOut(old: ManagedObject, replacementId: string): ManagedObject {
  const links = all(old.attributes, attributes.link);
  const stale = links.find(({ value }) => value.linkType === "ReplacementObjectLink");
  const link = {
    linkType: "ReplacementObjectLink",
    linkedObjectIdentifier: replacementId,
  } as const;
  const linked =
    stale === undefined
      ? withAdded(old.attributes, attributes.link, link)
      : withReplaced(old.attributes, attributes.link, { index: stale.index, value: link });
  const unnamed = withoutAll(linked, attributes.name);
  return { ...old, rolled: true, attributes: withOne(unnamed, attributes.current, false) };
}
