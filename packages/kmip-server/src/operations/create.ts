import { attributes, operations } from "@akm/kmip-model";
import { algorithmRow } from "../creation/algorithms.ts";
import { freshKey } from "../creation/fresh-key.ts";
import { givenAttributes } from "../creation/given.ts";
import { createKey } from "../creation/new-key.ts";
import { handle } from "../handler.ts";
import { one, withOne } from "../object/attribute-set.ts";

/** Makes a symmetric key from random bytes of the system. KMIP 1.1 §4.1. */
export const create = handle(operations.Create, "creation", async (request, context) => {
  const { objectType, templateAttribute } = request;
  const { randomness, policy, fail } = context;
  if (objectType !== "SymmetricKey")
    fail("InvalidField", `Object Type ${objectType} cannot be created`);
  const given = await givenAttributes(templateAttribute, { objectType: "SymmetricKey" }, context);
  const algorithm =
    one(given, attributes.cryptographicAlgorithm) ??
    fail("InvalidField", "Cryptographic Algorithm is missing");
  const row =
    algorithmRow(algorithm) ??
    fail("InvalidField", `Cryptographic Algorithm ${algorithm} is not symmetric`);
  if (policy.algorithms?.includes(algorithm) === false)
    fail("InvalidField", `Cryptographic Algorithm ${algorithm} is not allowed here`);
  const bits = one(given, attributes.cryptographicLength) ?? row.defaultBits;
  if (!row.isLegal(bits))
    fail("InvalidField", `Cryptographic Length ${bits} is not one of ${algorithm}`);
  const { object, change } = await createKey(
    {
      key: freshKey(randomness, row.bytesOf(bits)),
      keyFormat: "Raw",
      attributes: withOne(given, attributes.cryptographicLength, bits),
    },
    context,
  );
  return {
    response: { objectType, uniqueIdentifier: object.id },
    change,
    placeholder: object.id,
    about: object,
  };
});
