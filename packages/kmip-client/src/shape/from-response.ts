import {
  type AttributeStructure,
  type Edition,
  fromStructures,
  type KeyBlock,
  type TemplateAttribute,
} from "@akm/kmip-model";
import { reading } from "../protocol-error.ts";
import { fromKeyBlock } from "./symmetric-key.ts";

/** A response as declared, seen without its operation. */
interface AnyResponse {
  readonly attribute?: AttributeStructure | readonly AttributeStructure[];
  readonly templateAttribute?: TemplateAttribute;
  readonly symmetricKey?: { readonly keyBlock: KeyBlock };
  readonly template?: { readonly attribute: readonly AttributeStructure[] };
}

/**
 * The payload of a response as the methods give it.
 *
 * @throws ProtocolError for attributes and keys that do not fit their declarations
 */
export function fromResponse(response: unknown, edition: Edition): object {
  const { attribute, templateAttribute, symmetricKey, template, ...plain } =
    response as AnyResponse;
  const read = (structures: readonly AttributeStructure[]) =>
    reading(() => fromStructures(structures, edition));
  return {
    ...plain,
    ...(templateAttribute && { attributes: read(templateAttribute.attribute) }),
    ...(isList(attribute) && { attributes: read(attribute) }),
    ...(attribute !== undefined && !isList(attribute) && one(attribute, read)),
    ...(symmetricKey && { symmetricKey: fromKeyBlock(symmetricKey.keyBlock) }),
    ...(template && { template: { attributes: read(template.attribute) } }),
  };
}

function isList(attribute: AnyResponse["attribute"]): attribute is readonly AttributeStructure[] {
  return Array.isArray(attribute);
}

function one(
  structure: AttributeStructure,
  read: (structures: readonly AttributeStructure[]) => unknown,
): object {
  const { attributeIndex } = structure;
  return {
    attribute: read([structure]),
    ...(attributeIndex !== undefined && { attributeIndex }),
  };
}
