import { attributes, operations } from "@akm/kmip-model";
import { givenAttributes } from "../creation/given.ts";
import { handle } from "../handler.ts";
import { all } from "../object/attribute-set.ts";
import { roll } from "../re-key/roll.ts";

/** Makes the next instance of a key, which takes over its names. KMIP 1.1 §4.4. */
export const reKey = handle(operations.ReKey, "object", async (request, context) => {
  const { uniqueIdentifier, offset, templateAttribute = { name: [], attribute: [] } } = request;
  const { objects, fail } = context;
  const old = await objects.find(uniqueIdentifier);
  if (old.objectType === "Template") fail("PermissionDenied", "a template cannot be re-keyed");
  const names = all(old.attributes, attributes.name).map(({ value }) => value);
  const given = await givenAttributes(
    templateAttribute,
    { objectType: "SymmetricKey", names },
    context,
  );
  const family = await objects.family(old);
  const { replacement, change } = await roll({ old, family }, { given, offset }, context);
  return {
    response: { uniqueIdentifier: replacement.id },
    change,
    placeholder: replacement.id,
    about: replacement,
  };
});
