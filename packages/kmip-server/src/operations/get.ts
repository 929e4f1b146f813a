import { attributes, operations, type RequestOf, type ResponseOf } from "@akm/kmip-model";
import { type Context, type Fail, handle } from "../handler.ts";
import { one } from "../object/attribute-set.ts";
import { templateContents } from "../object/content.ts";
import { keyMaterialItem } from "../object/key-value.ts";
import { stateAt } from "../object/lifecycle.ts";
import type { ManagedObject, OfferedKeyFormat } from "../object/managed-object.ts";

type Request = RequestOf<typeof operations.Get>;
type KeyBlock = NonNullable<ResponseOf<typeof operations.Get>["symmetricKey"]>["keyBlock"];
type GetContext = Context & { readonly fail: Fail<typeof operations.Get> };

/** Hands out a key, in the format that is asked for, or a template. KMIP 1.1 §4.11. */
export const get = handle(operations.Get, "object", async (request, context) => {
  const { objects, edition, fail } = context;
  const object = await objects.find(request.uniqueIdentifier);
  if (request.keyWrappingSpecification !== undefined)
    fail("FeatureNotSupported", "Key Wrapping Specification is not supported");
  if (request.keyCompressionType !== undefined) {
    fail(
      "KeyCompressionTypeNotSupported",
      `Key Compression Type ${request.keyCompressionType} is not supported`,
    );
  }
  const { id: uniqueIdentifier, objectType } = object;
  if (objectType === "Template") {
    const template = { attribute: templateContents(object, edition) };
    return { response: { objectType, uniqueIdentifier, template }, about: object };
  }
  const symmetricKey = { keyBlock: keyBlockOf(object, request, context) };
  return { response: { objectType, uniqueIdentifier, symmetricKey }, about: object };
});

function keyBlockOf(object: ManagedObject, request: Request, context: GetContext): KeyBlock {
  const { material, now, policy, fail } = context;
  if (!policy.getCompromised && stateAt(object.attributes, now) === "Compromised") {
    fail("PermissionDenied", "the key is Compromised");
  }
  const keyFormatType = request.keyFormatType ?? object.keyFormat ?? "Raw";
  const shape =
    shapeOf(keyFormatType) ??
    fail("KeyFormatTypeNotSupported", `Key Format Type ${keyFormatType} is not supported`);
  const key = material.open(object);
  try {
    const keyMaterial = key.use((bytes) => keyMaterialItem(bytes, shape));
    return {
      keyFormatType,
      keyValue: { keyMaterial, attribute: [] },
      cryptographicAlgorithm: one(object.attributes, attributes.cryptographicAlgorithm),
      cryptographicLength: one(object.attributes, attributes.cryptographicLength),
    } as KeyBlock;
  } finally {
    key.wipe();
  }
}

/** The shape of the Key Material in a format; Opaque is the raw bytes, as a storage array asks for them. */
function shapeOf(format: KeyBlock["keyFormatType"]): OfferedKeyFormat | undefined {
  if (format === "Raw" || format === "Opaque") return "Raw";
  return format === "TransparentSymmetricKey" ? format : undefined;
}
