import { optional, required, textString } from "@akm/ttlv";
import { operation } from "../operation.ts";
import { attributeStructure } from "../structures/index.ts";
import { tags } from "../tags.ts";

/** KMIP 1.1 §4.14. */
export const AddAttribute = operation({
  name: "AddAttribute",
  code: 0x0d,
  spec: "KMIP 1.1 §4.14",
  summary: "Gives an object one more attribute instance.",
  request: {
    uniqueIdentifier: optional(tags.UniqueIdentifier, textString),
    attribute: required(tags.Attribute, attributeStructure),
  },
  response: {
    uniqueIdentifier: required(tags.UniqueIdentifier, textString),
    attribute: required(tags.Attribute, attributeStructure),
  },
  fails: [
    "ItemNotFound",
    "IllegalOperation",
    "IndexOutOfBounds",
    "ApplicationNamespaceNotSupported",
  ],
});
