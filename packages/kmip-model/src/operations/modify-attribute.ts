import { optional, required, textString } from "@akm/ttlv";
import { operation } from "../operation.ts";
import { attributeStructure } from "../structures/index.ts";
import { tags } from "../tags.ts";

/** KMIP 1.1 §4.15. */
export const ModifyAttribute = operation({
  name: "ModifyAttribute",
  code: 0x0e,
  spec: "KMIP 1.1 §4.15",
  summary: "Replaces the value of an attribute instance.",
  request: {
    uniqueIdentifier: optional(tags.UniqueIdentifier, textString),
    attribute: required(tags.Attribute, attributeStructure),
  },
  response: {
    uniqueIdentifier: required(tags.UniqueIdentifier, textString),
    attribute: required(tags.Attribute, attributeStructure),
  },
  fails: ["ItemNotFound", "IllegalOperation", "ApplicationNamespaceNotSupported"],
});
