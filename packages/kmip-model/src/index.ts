export {
  type AttributeDeclaration,
  type AttributeRow,
  attribute,
  attributeNotOffered,
  type TemplateRole,
  vendorAttribute,
} from "./attribute.ts";
export {
  type ReadAttribute,
  type ReadOptions,
  readAttribute,
  writeAttribute,
} from "./attribute-codec.ts";
export {
  type Attributes,
  type AttributesOf,
  fromStructures,
  toStructures,
} from "./attribute-set.ts";
export * from "./attributes/index.ts";
export * from "./conditions.ts";
export * as enumerations from "./enumerations/index.ts";
export { KmipError, type ResultReason, reasonOf } from "./kmip-error.ts";
export * from "./message.ts";
export { type ObjectType, objectFields, objectMember, template } from "./objects.ts";
export {
  generalReasons,
  type OperationDeclaration,
  type OperationName,
  operation,
  type PayloadType,
  type ReasonOf,
  type RequestOf,
  type ResponseOf,
} from "./operation.ts";
export { operations } from "./operations/index.ts";
export { byClient, byOwner, nobody, type Permission } from "./permission.ts";
export * from "./structures/index.ts";
export {
  firstExtensionTag,
  isSecretTag,
  laterTags,
  nameOfTag,
  sinceOfTag,
  type TagName,
  tags,
} from "./tags.ts";
export {
  declaredVersions,
  type Edition,
  editionOf,
  type ProtocolVersion,
  v1_0,
  v1_1,
} from "./version.ts";
