import { attributes } from "@akm/kmip-model";
import type { Change } from "../change.ts";
import { checkConsistency } from "../guard/consistency.ts";
import { checkNames, claimsOf } from "../guard/names.ts";
import { checkCount } from "../guard/values.ts";
import type { Context } from "../handler.ts";
import { type AttributeSet, withOne } from "../object/attribute-set.ts";
import type { ManagedObject } from "../object/managed-object.ts";
import { identifierOf, nameValues } from "../object/names.ts";

/** What Register comes to for a template. */
export interface CreatedTemplate {
  readonly object: ManagedObject;
  readonly change: Change;
}

/**
 * A new template of these attributes, its own names among them. It is its creator's and the administrators'.
 *
 * @throws KmipError `InvalidField` for attributes that contradict each other, and for a name in use
 */
export async function createTemplate(
  given: AttributeSet,
  context: Context,
): Promise<CreatedTemplate> {
  const { session, now, randomness } = context;
  checkConsistency(given);

  await checkNames(nameValues(given), context, { familyId: undefined, reason: "InvalidField" });
  const id = identifierOf(randomness(16));
  const dated = withOne(
    withOne(given, attributes.initialDate, now),
    attributes.lastChangeDate,
    now,
  );
  checkCount(dated, "Template");
  const object: ManagedObject = {
    id,
    version: 0,
    objectType: "Template",
    owner: session.user,
    users: [session.user],
    groups: [],
    attributes: dated,
    familyId: null,
    rolled: false,
    keyFormat: null,
    sealed: null,
    sealSeq: 0,
  };
  return {
    object,
    change: { put: [object], takeNames: claimsOf(dated, id), nameTaken: "InvalidField" },
  };
}
