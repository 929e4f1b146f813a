import {
  anyItem,
  boolean,
  integer,
  optional,
  required,
  structure,
  textString,
  type ValueOf,
} from "@akm/ttlv";
import { tags } from "../tags.ts";

/** What the server says of an extension tag; new in 1.1. KMIP 1.1 §2.1.9. */
export const extensionInformation = structure({
  extensionName: required(tags.ExtensionName, textString),
  extensionTag: optional(tags.ExtensionTag, integer),
  extensionType: optional(tags.ExtensionType, integer),
});

/** Name, tag and item type of an extension. */
export type ExtensionInformation = ValueOf<typeof extensionInformation>;

/** A vendor's addition to a batch item. KMIP 1.1 §6.16. */
export const messageExtension = structure({
  vendorIdentification: required(tags.VendorIdentification, textString),
  criticalityIndicator: required(tags.CriticalityIndicator, boolean),
  vendorExtension: required(tags.VendorExtension, anyItem),
});
