import { operations } from "@akm/kmip-model";
import { handle } from "../handler.ts";
import { activated } from "../object/lifecycle.ts";

/** Takes a Pre-Active key into service. KMIP 1.1 §4.19. */
export const activate = handle(
  operations.Activate,
  "object",
  async (request, { objects, now, fail }) => {
    const object = await objects.find(request.uniqueIdentifier);
    if (object.objectType === "Template")
      fail("IllegalOperation", "a template cannot be activated");
    const active = { ...object, attributes: activated(object.attributes, now) };
    return { response: { uniqueIdentifier: object.id }, change: { put: [active] }, about: object };
  },
);
