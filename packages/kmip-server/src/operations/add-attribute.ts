import { operations, readAttribute, writeAttribute } from "@akm/kmip-model";
import { attributeChange, settledValue } from "../guard/attribute-change.ts";
import { actable, checkWhen } from "../guard/attribute-guard.ts";
import { checkValue } from "../guard/values.ts";
import { handle } from "../handler.ts";
import { all, nextIndex, withAdded } from "../object/attribute-set.ts";

/** Gives an object one more attribute instance, under the next free index. KMIP 1.1 §4.14. */
export const addAttribute = handle(operations.AddAttribute, "object", async (request, context) => {
  const { objects, edition, fail } = context;
  const object = await objects.find(request.uniqueIdentifier);
  const row = actable(request.attribute.attributeName, "add", object);
  const { index: asked = 0, value: given } = readAttribute(row, request.attribute, { edition });
  if (asked !== 0)
    fail("InvalidField", `Attribute Index ${asked} is given; the server gives indices out`);
  if (!row.many && all(object.attributes, row).length > 0)
    fail("IllegalOperation", `${row.name} has a value already`);
  checkValue(row, given);
  const index = nextIndex(object.attributes, row);
  checkWhen("add", { row, index, current: undefined }, { object, context });
  const value = settledValue(row, undefined, given);
  const set = withAdded(object.attributes, row, value);
  const changed = { row, index, before: undefined, after: value };
  return {
    response: {
      uniqueIdentifier: object.id,
      attribute: writeAttribute(row, { index, value }, edition),
    },
    change: await attributeChange(object, { set, changed }, context),
    about: object,
  };
});
