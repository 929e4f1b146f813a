import { optional, repeated, required, textString } from "@akm/ttlv";
import { operation } from "../operation.ts";
import { tags } from "../tags.ts";

/** KMIP 1.1 §4.13. */
export const GetAttributeList = operation({
  name: "GetAttributeList",
  code: 0x0c,
  spec: "KMIP 1.1 §4.13",
  summary: "Tells which attributes an object has.",
  request: { uniqueIdentifier: optional(tags.UniqueIdentifier, textString) },
  response: {
    uniqueIdentifier: required(tags.UniqueIdentifier, textString),
    attributeName: repeated(tags.AttributeName, textString),
  },
  fails: ["ItemNotFound"],
});
