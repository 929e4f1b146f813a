import { operations, writeAttribute } from "@akm/kmip-model";
import { attributeChange } from "../guard/attribute-change.ts";
import { actable, checkWhen } from "../guard/attribute-guard.ts";
import { handle } from "../handler.ts";
import { at, without } from "../object/attribute-set.ts";

/** Takes an attribute instance away and answers what it was. KMIP 1.1 §4.16. */
export const deleteAttribute = handle(
  operations.DeleteAttribute,
  "object",
  async (request, context) => {
    const { objects, edition, fail } = context;
    const { attributeName, attributeIndex: index = 0 } = request;
    const object = await objects.find(request.uniqueIdentifier);
    const row = actable(attributeName, "remove", object);
    const instance = at(object.attributes, row, index);
    checkWhen("remove", { row, index, current: instance?.value }, { object, context });
    if (instance === undefined) {
      return fail("ItemNotFound", `${row.name} has no instance at Attribute Index ${index}`);
    }
    const set = without(object.attributes, row, index);
    const changed = { row, index, before: instance.value, after: undefined };
    return {
      response: { uniqueIdentifier: object.id, attribute: writeAttribute(row, instance, edition) },
      change: await attributeChange(object, { set, changed }, context),
      about: object,
    };
  },
);
