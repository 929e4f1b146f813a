import { optional, required, textString } from "@akm/ttlv";
import { objectType } from "../enumerations/index.ts";
import { objectFields } from "../objects.ts";
import { operation } from "../operation.ts";
import { templateAttribute } from "../structures/index.ts";
import { tags } from "../tags.ts";

/** KMIP 1.1 §4.3. */
export const Register = operation({
  name: "Register",
  code: 0x03,
  spec: "KMIP 1.1 §4.3",
  summary: "Takes a key or a template that the client brings.",
  request: {
    objectType: required(tags.ObjectType, objectType),
    templateAttribute: required(tags.TemplateAttribute, templateAttribute),
    ...objectFields,
  },
  response: {
    uniqueIdentifier: required(tags.UniqueIdentifier, textString),
    templateAttribute: optional(tags.TemplateAttribute, templateAttribute),
  },
  fails: [
    "ItemNotFound",
    "IndexOutOfBounds",
    "ApplicationNamespaceNotSupported",
    "KeyFormatTypeNotSupported",
    "KeyCompressionTypeNotSupported",
  ],
});
