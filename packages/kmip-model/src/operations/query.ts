import { anyItem, optional, repeated, textString } from "@akm/ttlv";
import {
  objectType,
  operation as operationEnumeration,
  queryFunction,
} from "../enumerations/index.ts";
import { operation } from "../operation.ts";
import { extensionInformation } from "../structures/index.ts";
import { tags } from "../tags.ts";
import { v1_1 } from "../version.ts";

/** KMIP 1.1 §4.25. Unknown functions are read as their numbers: they are left out of the answer. */
export const Query = operation({
  name: "Query",
  code: 0x18,
  spec: "KMIP 1.1 §4.25",
  summary: "Tells what the server offers.",
  request: { queryFunction: repeated(tags.QueryFunction, queryFunction.open, { atLeast: 1 }) },
  response: {
    operation: repeated(tags.Operation, operationEnumeration),
    objectType: repeated(tags.ObjectType, objectType),
    vendorIdentification: optional(tags.VendorIdentification, textString),
    serverInformation: optional(tags.ServerInformation, anyItem),
    applicationNamespace: repeated(tags.ApplicationNamespace, textString),
    extensionInformation: repeated(tags.ExtensionInformation, extensionInformation, {
      since: v1_1,
    }),
  },
  fails: [],
});
