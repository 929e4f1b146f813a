import { operations } from "@akm/kmip-model";
import { handle } from "../handler.ts";
import { visibleAttributes } from "../object/visible-attributes.ts";

/** Tells which attributes an object has, each name once. KMIP 1.1 §4.13. */
export const getAttributeList = handle(
  operations.GetAttributeList,
  "object",
  async (request, context) => {
    const { objects, now } = context;
    const object = await objects.find(request.uniqueIdentifier);
    const visible = visibleAttributes(object, now, objects.digest(object));
    return {
      response: { uniqueIdentifier: object.id, attributeName: [...visible.keys()] },
      about: object,
    };
  },
);
