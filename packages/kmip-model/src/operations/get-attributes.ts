import { optional, repeated, required, textString } from "@akm/ttlv";
import { operation } from "../operation.ts";
import { attributeStructure } from "../structures/index.ts";
import { tags } from "../tags.ts";

/** KMIP 1.1 §4.12. */
export const GetAttributes = operation({
  name: "GetAttributes",
  code: 0x0b,
  spec: "KMIP 1.1 §4.12",
  summary: "Tells the named attributes of an object, or all of them.",
  request: {
    uniqueIdentifier: optional(tags.UniqueIdentifier, textString),
    attributeName: repeated(tags.AttributeName, textString),
  },
  response: {
    uniqueIdentifier: required(tags.UniqueIdentifier, textString),
    attribute: repeated(tags.Attribute, attributeStructure),
  },
  fails: ["ItemNotFound"],
});
