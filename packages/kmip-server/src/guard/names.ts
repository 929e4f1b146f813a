import { attributes, KmipError } from "@akm/kmip-model";
import type { NameClaim } from "../change.ts";
import type { Context } from "../handler.ts";
import { type AttributeSet, withAdded } from "../object/attribute-set.ts";
import { automaticName, nameValues } from "../object/names.ts";

/**
 * Refuses names that an object cannot take on: one that it would bear twice, and the automatic name of another key.
 *
 * @param familyId  the key that takes them; `undefined` for a template
 * @param reason  Invalid Field in creating operations, Illegal Operation in attribute operations. KMIP 1.1 §11.2, §11.15
 */
export async function checkNames(
  names: readonly string[],
  { objects }: Pick<Context, "objects">,
  {
    familyId,
    reason,
  }: { familyId: string | undefined; reason: "InvalidField" | "IllegalOperation" },
): Promise<void> {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new KmipError(reason, `the Name ${name} stands twice`);
    seen.add(name);
    if (await objects.isReserved(name, familyId)) {
      throw new KmipError(reason, `the Name ${name} is the automatic name of another key`);
    }
  }
}

/** The attributes of a key, which must have a Name: the automatic one where none is given. AKM guide, chapter 5. */
export function named(set: AttributeSet, id: string): AttributeSet {
  if (nameValues(set).length > 0) return set;
  return withAdded(set, attributes.name, {
    nameValue: automaticName(id),
    nameType: "UninterpretedTextString",
  });
}

/** The claims of an object's names. */
export function claimsOf(set: AttributeSet, owner: string): readonly NameClaim[] {
  return nameValues(set).map((nameValue) => ({ nameValue, owner }));
}
