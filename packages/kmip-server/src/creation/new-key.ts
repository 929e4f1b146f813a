import { attributes, KmipError } from "@akm/kmip-model";
import type { Change } from "../change.ts";
import type { KeyMaterial } from "../crypto/index.ts";
import { checkConsistency } from "../guard/consistency.ts";
import { checkNames, claimsOf, named } from "../guard/names.ts";
import { checkCount } from "../guard/values.ts";
import type { Context } from "../handler.ts";
import { type AttributeSet, type NamedSlot, one, only } from "../object/attribute-set.ts";
import { dueMoment } from "../object/due.ts";
import type { KeyFamily, ManagedObject, OfferedKeyFormat } from "../object/managed-object.ts";
import { firstName, identifierOf, keyNameFor, nameValues } from "../object/names.ts";
import { newInstance } from "./new-instance.ts";

/** A key to be stored: its bytes, and all that a request or its predecessor says of it. */
export interface NewKey {
  readonly key: KeyMaterial;
  readonly keyFormat: OfferedKeyFormat;
  /** Algorithm, Length and Usage Mask included. */
  readonly attributes: AttributeSet;
}

/** What Create and Register come to: a key that is the first of its family. */
export interface CreatedKey {
  readonly object: ManagedObject;
  readonly change: Change;
}

/**
 * A new key with a family of its own, named, dated, with every default, sealed. Owner and first on its lists is the
 * session. Wipes the key.
 *
 * @throws KmipError `InvalidField` for a missing usage mask, for attributes that contradict each other, for a name in use
 */
export async function createKey(
  { key, keyFormat, attributes: given }: NewKey,
  context: Context,
): Promise<CreatedKey> {
  const { session, material, randomness } = context;
  try {
    const id = identifierOf(randomness(16));
    const set = complete(named(given, id), { id, context });
    await checkNames(nameValues(set), context, { familyId: id, reason: "InvalidField" });
    const holders = { owner: session.user, users: [session.user], groups: session.groups };
    const instance = { id, familyId: id, key, keyFormat, attributes: set, ...holders };
    const object = newInstance(instance, material);
    const family = familyOf(object, context);
    return {
      object,
      change: {
        put: [object],
        putFamilies: [family],
        takeNames: claimsOf(set, id),
        nameTaken: "InvalidField",
      },
    };
  } finally {
    key.wipe();
  }
}

function complete(
  given: AttributeSet,
  { id, context }: { id: string; context: Context },
): AttributeSet {
  const { now, policy } = context;
  if (one(given, attributes.cryptographicUsageMask) === undefined) {
    throw new KmipError("InvalidField", "Cryptographic Usage Mask is missing");
  }
  checkConsistency(given);
  const complete: AttributeSet = new Map([
    ...defaultsBy(policy),
    ...given,
    only(attributes.initialDate, now),
    only(attributes.lastChangeDate, now),
    only(attributes.keyName, keyNameFor(firstName(given)?.nameValue ?? "", id)),
    only(attributes.current, true),
  ]);
  checkCount(complete, "SymmetricKey");
  return complete;
}

/** The y- policy attributes have a value from the beginning. AKM guide, chapter 2. */
function defaultsBy(policy: Context["policy"]): readonly NamedSlot[] {
  return [
    only(attributes.destroyPermitted, true),
    only(attributes.mirrored, policy.defaultMirrored),
    only(attributes.autoReKeyIntervalInDays, 0),
    only(attributes.reKeyPermitted, true),
    only(attributes.accessCheck, policy.defaultAccessCheck),
  ];
}

function familyOf({ id, attributes: set }: ManagedObject, { now, policy }: Context): KeyFamily {
  return {
    id,
    version: 0,
    keyName: one(set, attributes.keyName) ?? "",
    claimedName: firstName(set)?.nameValue ?? "",
    current: id,
    instances: [id],
    dueAt: dueMoment(set, { setAt: now, timeZone: policy.timeZone }),
  };
}
