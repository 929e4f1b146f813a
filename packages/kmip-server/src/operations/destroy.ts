import { attributes, operations } from "@akm/kmip-model";
import type { Change } from "../change.ts";
import { handle } from "../handler.ts";
import { one } from "../object/attribute-set.ts";
import { stateAt } from "../object/lifecycle.ts";
import type { KeyFamily, ManagedObject } from "../object/managed-object.ts";
import { nameValues } from "../object/names.ts";

/** Destroys an object and all that is known of it. KMIP 1.1 §4.21; AKM guide, note 5. */
export const destroy = handle(
  operations.Destroy,
  "object",
  async (request, { objects, now, fail }) => {
    const object = await objects.find(request.uniqueIdentifier);
    const response = { uniqueIdentifier: object.id };
    if (object.objectType === "Template") {
      const freeNames = nameValues(object.attributes).map((nameValue) => ({
        nameValue,
        owner: object.id,
      }));
      return { response, change: { remove: [object], freeNames }, about: object };
    }
    if (one(object.attributes, attributes.destroyPermitted) === false) {
      fail("PermissionDenied", "y-Destroy Permitted is false");
    }
    if (stateAt(object.attributes, now) === "Active")
      fail("PermissionDenied", "the key is Active: revoke it first");
    return { response, change: destruction(object, await objects.family(object)), about: object };
  },
);

/** Without its last instance the family goes too, and with it its name; else the name stays the family's. */
function destruction(object: ManagedObject, family: KeyFamily): Change {
  const instances = family.instances.filter((id) => id !== object.id);
  const isLast = instances.length === 0;
  const held = new Set(nameValues(object.attributes));
  if (isLast) held.add(family.claimedName);
  else held.delete(family.claimedName);
  const freeNames = [...held].map((nameValue) => ({ nameValue, owner: family.id }));
  if (isLast) return { remove: [object], removeFamilies: [family], freeNames };
  const current = family.current === object.id ? null : family.current;
  const dueAt = current === null ? null : family.dueAt;
  return { remove: [object], putFamilies: [{ ...family, instances, current, dueAt }], freeNames };
}
