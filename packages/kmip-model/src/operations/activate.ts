import { optional, required, textString } from "@akm/ttlv";
import { operation } from "../operation.ts";
import { tags } from "../tags.ts";

/** KMIP 1.1 §4.19. */
export const Activate = operation({
  name: "Activate",
  code: 0x12,
  spec: "KMIP 1.1 §4.19",
  summary: "Takes a Pre-Active key into service and stamps its Activation Date.",
  request: { uniqueIdentifier: optional(tags.UniqueIdentifier, textString) },
  response: { uniqueIdentifier: required(tags.UniqueIdentifier, textString) },
  fails: ["ItemNotFound", "IllegalOperation"],
});
