import { attributes, KmipError, objectMember, operations, type RequestOf } from "@akm/kmip-model";
import type { Change } from "../change.ts";
import { givenAttributes, givenTemplate } from "../creation/given.ts";
import { createKey } from "../creation/new-key.ts";
import { createTemplate } from "../creation/new-template.ts";
import { registeredKey } from "../creation/registered-key.ts";
import { type Context, handle } from "../handler.ts";
import { one } from "../object/attribute-set.ts";
import type { ManagedObject } from "../object/managed-object.ts";

type Request = RequestOf<typeof operations.Register>;

/** Takes a key or a template that the client brings. KMIP 1.1 §4.3. */
export const register = handle(operations.Register, "creation", async (request, context) => {
  const { object, change } = await registered(request, context);
  return {
    response: { uniqueIdentifier: object.id },
    change,
    placeholder: object.id,
    about: object,
  };
});

async function registered(
  request: Request,
  context: Context,
): Promise<{ object: ManagedObject; change: Change }> {
  const { objectType, templateAttribute } = request;
  if (objectType !== "SymmetricKey" && objectType !== "Template") {
    throw new KmipError("InvalidField", `Object Type ${objectType} cannot be registered`);
  }
  refuseOtherObjects(request);
  if (objectType === "Template") {
    const { template } = request;
    if (template === undefined) throw new KmipError("InvalidMessage", "the Template is missing");
    return await createTemplate(
      await givenTemplate(template.attribute, templateAttribute, context),
      context,
    );
  }
  const { symmetricKey } = request;
  if (symmetricKey === undefined)
    throw new KmipError("InvalidMessage", "the Symmetric Key is missing");
  const given = await givenAttributes(templateAttribute, { objectType }, context);
  const key = registeredKey(symmetricKey.keyBlock, given);
  const algorithm = one(key.attributes, attributes.cryptographicAlgorithm);
  if (context.policy.algorithms?.includes(algorithm ?? "") === false) {
    key.key.wipe();
    throw new KmipError("InvalidField", `Cryptographic Algorithm ${algorithm} is not allowed here`);
  }
  return await createKey(key, context);
}

/** The object must be of the type that is named, and the only one. KMIP 1.1 §11.4. */
function refuseOtherObjects(request: Request): void {
  for (const [type, member] of Object.entries(objectMember)) {
    if (type !== request.objectType && request[member] !== undefined) {
      throw new KmipError(
        "InvalidField",
        `Object Type is ${request.objectType}, the object a ${type}`,
      );
    }
  }
}
