import { optional, required, textString } from "@akm/ttlv";
import { objectType } from "../enumerations/index.ts";
import { operation } from "../operation.ts";
import { templateAttribute } from "../structures/index.ts";
import { tags } from "../tags.ts";

/** KMIP 1.1 §4.1. */
export const Create = operation({
  name: "Create",
  code: 0x01,
  spec: "KMIP 1.1 §4.1",
  summary: "Makes a symmetric key from the server's own random bytes.",
  request: {
    objectType: required(tags.ObjectType, objectType),
    templateAttribute: required(tags.TemplateAttribute, templateAttribute),
  },
  response: {
    objectType: required(tags.ObjectType, objectType),
    uniqueIdentifier: required(tags.UniqueIdentifier, textString),
    templateAttribute: optional(tags.TemplateAttribute, templateAttribute),
  },
  fails: [
    "ItemNotFound",
    "CryptographicFailure",
    "IndexOutOfBounds",
    "ApplicationNamespaceNotSupported",
  ],
});
