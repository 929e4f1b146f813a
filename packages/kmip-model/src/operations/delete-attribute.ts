import { integer, optional, required, textString } from "@akm/ttlv";
import { operation } from "../operation.ts";
import { attributeStructure } from "../structures/index.ts";
import { tags } from "../tags.ts";

/** KMIP 1.1 §4.16. */
export const DeleteAttribute = operation({
  name: "DeleteAttribute",
  code: 0x0f,
  spec: "KMIP 1.1 §4.16",
  summary: "Takes an attribute instance away and answers what it was.",
  request: {
    uniqueIdentifier: optional(tags.UniqueIdentifier, textString),
    attributeName: required(tags.AttributeName, textString),
    attributeIndex: optional(tags.AttributeIndex, integer),
  },
  response: {
    uniqueIdentifier: required(tags.UniqueIdentifier, textString),
    attribute: required(tags.Attribute, attributeStructure),
  },
  fails: ["ItemNotFound"],
});
