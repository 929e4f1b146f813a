import { optional, required, textString } from "@akm/ttlv";
import { operation } from "../operation.ts";
import { tags } from "../tags.ts";

/** KMIP 1.1 §4.21. */
export const Destroy = operation({
  name: "Destroy",
  code: 0x14,
  spec: "KMIP 1.1 §4.21",
  summary: "Destroys an object and all that is known of it.",
  request: { uniqueIdentifier: optional(tags.UniqueIdentifier, textString) },
  response: { uniqueIdentifier: required(tags.UniqueIdentifier, textString) },
  fails: ["ItemNotFound"],
});
