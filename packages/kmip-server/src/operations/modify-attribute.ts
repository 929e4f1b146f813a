import {
  type AttributeRow,
  KmipError,
  operations,
  readAttribute,
  writeAttribute,
} from "@akm/kmip-model";
import { attributeChange, settledValue } from "../guard/attribute-change.ts";
import { actable, checkWhen } from "../guard/attribute-guard.ts";
import { checkValue } from "../guard/values.ts";
import { handle } from "../handler.ts";
import { all, at, type Instance, withAdded, withReplaced } from "../object/attribute-set.ts";
import type { ManagedObject } from "../object/managed-object.ts";

/** Replaces the value of an attribute instance. KMIP 1.1 §4.15. */
export const modifyAttribute = handle(
  operations.ModifyAttribute,
  "object",
  async (request, context) => {
    const { objects, edition } = context;
    const object = await objects.find(request.uniqueIdentifier);
    const row = actable(request.attribute.attributeName, "modify", object);
    const { index = 0, value: given } = readAttribute(row, request.attribute, { edition });
    const instance = instanceToModify(object, row, index);
    checkValue(row, given);
    checkWhen("modify", { row, index, current: instance?.value }, { object, context });
    const value = settledValue(row, instance?.value, given);
    const set =
      instance === undefined
        ? withAdded(object.attributes, row, value)
        : withReplaced(object.attributes, row, { index, value });
    const changed = { row, index, before: instance?.value, after: value };
    return {
      response: {
        uniqueIdentifier: object.id,
        attribute: writeAttribute(row, { index, value }, edition),
      },
      change: await attributeChange(object, { set, changed }, context),
      about: object,
    };
  },
);

/** The instance that is meant; `undefined` for one of the vendor's attributes that is now set for the first time. */
function instanceToModify(
  object: ManagedObject,
  row: AttributeRow,
  index: number,
): Instance | undefined {
  const instance = at(object.attributes, row, index);
  if (instance !== undefined) return instance;
  const isUnset = all(object.attributes, row).length === 0;
  if (isUnset && row.modifySets && index === 0 && object.objectType !== "Template")
    return undefined;
  if (isUnset) throw new KmipError("InvalidField", `${row.name} has no value`);
  throw new KmipError("ItemNotFound", `${row.name} has no instance at Attribute Index ${index}`);
}
