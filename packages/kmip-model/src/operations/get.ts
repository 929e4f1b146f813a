import { optional, required, textString } from "@akm/ttlv";
import { keyCompressionType, keyFormatType, objectType } from "../enumerations/index.ts";
import { objectFields } from "../objects.ts";
import { operation } from "../operation.ts";
import { keyWrappingSpecification } from "../structures/index.ts";
import { tags } from "../tags.ts";

/** KMIP 1.1 §4.11. */
export const Get = operation({
  name: "Get",
  code: 0x0a,
  spec: "KMIP 1.1 §4.11",
  summary: "Hands out a key or a template.",
  request: {
    uniqueIdentifier: optional(tags.UniqueIdentifier, textString),
    keyFormatType: optional(tags.KeyFormatType, keyFormatType.open),
    keyCompressionType: optional(tags.KeyCompressionType, keyCompressionType.open),
    keyWrappingSpecification: optional(tags.KeyWrappingSpecification, keyWrappingSpecification),
  },
  response: {
    objectType: required(tags.ObjectType, objectType),
    uniqueIdentifier: required(tags.UniqueIdentifier, textString),
    ...objectFields,
  },
  fails: ["ItemNotFound", "KeyFormatTypeNotSupported", "KeyCompressionTypeNotSupported"],
});
