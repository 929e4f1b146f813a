import { attributes, KmipError } from "@akm/kmip-model";
import { ownsOrAdministrates } from "../access.ts";
import type { Change } from "../change.ts";
import { algorithmRow } from "../creation/algorithms.ts";
import { freshKey } from "../creation/fresh-key.ts";
import { newInstance } from "../creation/new-instance.ts";
import { checkNames } from "../guard/names.ts";
import type { Context } from "../handler.ts";
import { type AttributeSet, one } from "../object/attribute-set.ts";
import { dueMoment } from "../object/due.ts";
import type { KeyFamily, ManagedObject } from "../object/managed-object.ts";
import { identifierOf, nameValues } from "../object/names.ts";
import { type ReKeying, replacementAttributes, rolledOut } from "./replacement.ts";

/** An instance and the family that it belongs to: the versions of both hold off whoever else rolls or changes them. */
export interface Rolling {
  readonly old: ManagedObject;
  readonly family: KeyFamily;
}

/** What a Re-key comes to: the next instance of the key, and the change that makes it the current one. */
export interface Rolled {
  readonly replacement: ManagedObject;
  readonly change: Change;
}

/**
 * The next instance of a key: fresh bytes, all names, and what the old instance hands on. KMIP 1.1 §4.4.
 *
 * @throws KmipError `PermissionDenied` for an instance that was rolled before or may not be rolled; and as
 * `replacementAttributes`
 */
export async function roll(
  { old, family }: Rolling,
  reKeying: ReKeying,
  context: Context,
): Promise<Rolled> {
  checkRollable(old, reKeying, context);
  const id = identifierOf(context.randomness(16));
  const set = replacementAttributes(old, reKeying, context.now);
  await checkNames(nameValues(set), context, { familyId: family.id, reason: "InvalidField" });
  const replacement = freshInstance(old, { id, set }, context);
  return {
    replacement,
    change: {
      put: [rolledOut(old, id), replacement],
      putFamilies: [grown(family, replacement, context)],
      takeNames: newNames(old, set).map((nameValue) => ({ nameValue, owner: family.id })),
      nameTaken: "InvalidField",
    },
  };
}

/** The family with one instance more, which is the current one. */
function grown(
  family: KeyFamily,
  { id, attributes: set }: ManagedObject,
  { now, policy }: Context,
): KeyFamily {
  const dueAt = dueMoment(set, { setAt: now, timeZone: policy.timeZone });
  return { ...family, current: id, instances: [...family.instances, id], dueAt };
}

/** The mark, not the existence of a replacement, tells whether an instance was rolled: it holds when that is destroyed. */
function checkRollable(
  old: ManagedObject,
  { given }: ReKeying,
  { session }: Pick<Context, "session">,
): void {
  const refuse = (why: string) => {
    throw new KmipError("PermissionDenied", why);
  };
  if (old.rolled) refuse("the instance was re-keyed before");
  if (one(old.attributes, attributes.reKeyPermitted) === false)
    refuse("y-Re-key Permitted is false");
  const accessCheck = one(given, attributes.accessCheck);
  const isSame = accessCheck === one(old.attributes, attributes.accessCheck);
  if (accessCheck !== undefined && !isSame && !ownsOrAdministrates(old, session))
    refuse("y-Access Check can be changed by the owner only");
}

/** An instance under the old one's lists, of as many random bytes. */
function freshInstance(
  { owner, users, groups, familyId, keyFormat, attributes: old }: ManagedObject,
  { id, set }: { id: string; set: AttributeSet },
  { material, randomness }: Context,
): ManagedObject {
  const algorithm = one(old, attributes.cryptographicAlgorithm);
  const bits = one(old, attributes.cryptographicLength);
  const row = algorithm && algorithmRow(algorithm);
  if (row === undefined || bits === undefined || familyId === null || keyFormat === null)
    throw new Error(`the predecessor of ${id} is no symmetric key`);
  const key = freshKey(randomness, row.bytesOf(bits));
  try {
    const holders = { owner, users, groups };
    return newInstance({ id, familyId, key, keyFormat, attributes: set, ...holders }, material);
  } finally {
    key.wipe();
  }
}

/** The names that the request gives beside those that move: these are the family's already. */
function newNames({ attributes: old }: ManagedObject, set: AttributeSet): readonly string[] {
  return nameValues(set).slice(nameValues(old).length);
}
