import { attributes, KmipError } from "@akm/kmip-model";
import type { Change, NameClaim } from "../change.ts";
import type { Context } from "../handler.ts";
import { withOne } from "../object/attribute-set.ts";
import { dueMoment } from "../object/due.ts";
import type { KeyFamily, ManagedObject } from "../object/managed-object.ts";
import { keyNameFor, nameValues } from "../object/names.ts";
import { checkNames } from "./names.ts";

/** A Name of an object that comes, goes, or becomes another. */
export interface NameChange {
  readonly index: number;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * The change of an object whose names change: claims are taken and freed, and a new Name at index 0 renames the whole
 * key, all its instances.
 *
 * @param object  already with its new names
 * @throws KmipError `IllegalOperation` for a name that is reserved for another key, or that would stand twice
 */
export async function nameChange(
  object: ManagedObject,
  name: NameChange,
  context: Context,
): Promise<Change> {
  const { before, after } = name;
  const isNew = after !== undefined && after !== before;
  const familyId = object.familyId ?? undefined;
  if (isNew) await checkNames([after], context, { familyId, reason: "IllegalOperation" });
  const takeNames = isNew ? [{ nameValue: after, owner: object.familyId ?? object.id }] : [];
  const freeNames =
    before !== undefined && before !== after
      ? [{ nameValue: before, owner: object.familyId ?? object.id }]
      : [];
  const change: Change = { put: [object], takeNames, freeNames, nameTaken: "IllegalOperation" };
  if (object.familyId !== null) return await nameChangeOfKey(object, name, { change, context });
  if (isNew) refuseTwice(after, [object]);
  return change;
}

/** The store keeps a name for a whole key, so that it stands once among the key's instances is seen to here. */
function refuseTwice(name: string, bearers: readonly ManagedObject[]): void {
  const borne = bearers.flatMap(({ attributes: set }) => nameValues(set));
  if (borne.filter((one) => one === name).length > 1) {
    throw new KmipError("IllegalOperation", `the Name ${name} stands on this key already`);
  }
}

async function nameChangeOfKey(
  object: ManagedObject,
  { index, before, after }: NameChange,
  { change, context }: { change: Change; context: Context },
): Promise<Change> {
  const { objects } = context;
  const family = await objects.family(object);
  const instances = (await objects.instances(family)).map((one) =>
    one.id === object.id ? object : one,
  );
  if (after !== undefined && after !== before) refuseTwice(after, instances);
  if (index === 0 && after !== undefined)
    return { ...change, ...renamed(family, instances, after) };
  const unheld = isUnheld(family, instances, object);
  const notClaimed = ({ nameValue }: NameClaim) => !(unheld && nameValue === family.claimedName);
  return {
    ...change,
    takeNames: change.takeNames?.filter(notClaimed) ?? [],
    freeNames: change.freeNames?.filter(notClaimed) ?? [],
    putFamilies: [family],
  };
}

/** Whether the family holds its name although no other living instance bears it: its bearer was destroyed. */
function isUnheld(
  { claimedName }: KeyFamily,
  instances: readonly ManagedObject[],
  except: ManagedObject,
): boolean {
  return !instances.some(
    ({ id, attributes: set }) => id !== except.id && nameValues(set).includes(claimedName),
  );
}

/** y-Key Name of all instances follows the Name at index 0. AKM guide, chapter 2. */
function renamed(
  family: KeyFamily,
  instances: readonly ManagedObject[],
  nameValue: string,
): Change {
  const keyName = keyNameFor(nameValue, family.id);
  const putFamilies = [{ ...family, keyName, claimedName: nameValue }];
  // What is called as before did not change, nor does its Last Change Date.
  if (keyName === family.keyName) return { putFamilies };
  const put = instances.map((object) => ({
    ...object,
    attributes: withOne(object.attributes, attributes.keyName, keyName),
  }));
  return { put, putFamilies };
}

/** The change of a key whose interval of automatic re-keying was set: the moment is counted anew. */
export async function intervalChange(
  object: ManagedObject,
  { objects, now, policy }: Context,
): Promise<Change> {
  const family = await objects.family(object);
  if (family.current !== object.id) return { put: [object] };
  const dueAt = dueMoment(object.attributes, { setAt: now, timeZone: policy.timeZone });
  return { put: [object], putFamilies: [{ ...family, dueAt }] };
}
