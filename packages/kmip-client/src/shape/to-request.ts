import type { AttributeStructure, Edition, Name, OperationDeclaration } from "@akm/kmip-model";
import {
  type AttributesInput,
  filterStructures,
  structuresOf,
  toName,
} from "./attributes-input.ts";
import { seconds } from "./seconds.ts";
import { type SymmetricKeyInput, toKeyBlock } from "./symmetric-key.ts";

/** A request as the methods take it, seen without its operation. */
interface AnyRequest {
  readonly attributes?: AttributesInput;
  readonly templates?: readonly (string | Name)[];
  readonly attribute?: AttributesInput;
  readonly attributeIndex?: number;
  readonly symmetricKey?: SymmetricKeyInput;
  readonly template?: { readonly attributes: AttributesInput };
}

/**
 * The payload of a request as its declaration wants it.
 *
 * @throws TypeError where one attribute is wanted and none or several are given
 */
export function toRequest(
  { request: { fields } }: OperationDeclaration,
  asked: object,
  edition: Edition,
): unknown {
  const { attributes, templates, attribute, symmetricKey, template, ...plain } =
    asked as AnyRequest;
  return {
    ...emptyLists(fields),
    ...withSeconds(plain),
    ...attributeMembers(fields, { attributes, templates }, edition),
    ...(attribute && { attribute: oneStructure({ attribute, ...plain }, edition) }),
    ...(symmetricKey && { symmetricKey: { keyBlock: toKeyBlock(symmetricKey) } }),
    ...(template && { template: { attribute: structuresOf(template.attributes, edition) } }),
  };
}

type Fields = OperationDeclaration["request"]["fields"];

function emptyLists(fields: Fields): object {
  const lists = Object.entries(fields).filter(([, { presence }]) => presence === "repeated");
  return Object.fromEntries(lists.map(([member]) => [member, []]));
}

function withSeconds(plain: object): object {
  return Object.fromEntries(
    Object.entries(plain).map(([member, value]) => [member, seconds(value)]),
  );
}

/** Attributes stand in a Template-Attribute, but where the operation takes them directly (Locate). */
function attributeMembers(
  fields: Fields,
  {
    attributes = {},
    templates = [],
  }: { [M in "attributes" | "templates"]: AnyRequest[M] | undefined },
  edition: Edition,
): object {
  if (fields["attribute"]?.presence === "repeated") {
    return { attribute: filterStructures(attributes, edition) };
  }
  if (fields["templateAttribute"] === undefined) return {};
  const attribute = structuresOf(attributes, edition);
  const isEmpty = attribute.length === 0 && templates.length === 0;
  if (isEmpty && fields["templateAttribute"].presence === "optional") return {};
  return { templateAttribute: { name: templates.map(toName), attribute } };
}

function oneStructure(
  {
    attribute,
    attributeIndex,
  }: Pick<AnyRequest, "attributeIndex"> & { attribute: AttributesInput },
  edition: Edition,
): AttributeStructure {
  const [structure, ...more] = structuresOf(attribute, edition);
  if (structure === undefined || more.length > 0) {
    const found = structure === undefined ? 0 : 1 + more.length;
    throw new TypeError(`attribute holds ${found} instances, one is wanted`);
  }
  return attributeIndex === undefined ? structure : { ...structure, attributeIndex };
}
