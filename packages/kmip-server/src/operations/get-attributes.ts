import { attributes, operations, v1_0 } from "@akm/kmip-model";
import { handle } from "../handler.ts";
import { writeSlot } from "../object/content.ts";
import { visibleAttributes } from "../object/visible-attributes.ts";

/** Tells the named attributes of an object, or all; those without a value are left out. KMIP 1.1 §4.12. */
export const getAttributes = handle(
  operations.GetAttributes,
  "object",
  async (request, context) => {
    const { objects, now, edition, fail } = context;
    const names = new Set(request.attributeName);
    if (names.size < request.attributeName.length && edition !== v1_0) {
      fail("InvalidMessage", "an Attribute Name stands twice");
    }
    const object = await objects.find(request.uniqueIdentifier);
    const wantsDigest = names.size === 0 || names.has(attributes.digest.name);
    const visible = visibleAttributes(
      object,
      now,
      wantsDigest ? objects.digest(object) : undefined,
    );
    const asked = names.size === 0 ? [...visible.keys()] : [...names];
    const attribute = asked.flatMap((name) => writeSlot(visible, name, edition));
    return { response: { uniqueIdentifier: object.id, attribute }, about: object };
  },
);
