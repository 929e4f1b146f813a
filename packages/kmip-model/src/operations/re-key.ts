import { interval, optional, required, textString } from "@akm/ttlv";
import { operation } from "../operation.ts";
import { templateAttribute } from "../structures/index.ts";
import { tags } from "../tags.ts";

/** KMIP 1.1 §4.4. */
export const ReKey = operation({
  name: "ReKey",
  code: 0x04,
  spec: "KMIP 1.1 §4.4",
  summary: "Makes the next instance of a key, which takes over its names.",
  request: {
    uniqueIdentifier: optional(tags.UniqueIdentifier, textString),
    offset: optional(tags.Offset, interval),
    templateAttribute: optional(tags.TemplateAttribute, templateAttribute),
  },
  response: {
    uniqueIdentifier: required(tags.UniqueIdentifier, textString),
    templateAttribute: optional(tags.TemplateAttribute, templateAttribute),
  },
  fails: [
    "ItemNotFound",
    "IllegalOperation",
    "CryptographicFailure",
    "IndexOutOfBounds",
    "ApplicationNamespaceNotSupported",
  ],
});
