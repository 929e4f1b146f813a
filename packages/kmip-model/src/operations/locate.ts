import { integer, optional, repeated, textString } from "@akm/ttlv";
import { objectGroupMember, storageStatusMask } from "../enumerations/index.ts";
import { operation } from "../operation.ts";
import { attributeStructure, templateAttribute } from "../structures/index.ts";
import { laterTags, tags } from "../tags.ts";
import { v1_1 } from "../version.ts";

/**
 * KMIP 1.1 §4.9. Two fields are understood at every version because clients in the field send them with an old header:
 * Offset Items (KMIP 1.3), and filters inside a Template-Attribute.
 */
export const Locate = operation({
  name: "Locate",
  code: 0x08,
  spec: "KMIP 1.1 §4.9",
  summary: "Finds the objects whose attributes match all filters.",
  strict: true,
  request: {
    maximumItems: optional(tags.MaximumItems, integer),
    offsetItems: optional(laterTags.OffsetItems, integer),
    storageStatusMask: optional(tags.StorageStatusMask, storageStatusMask),
    objectGroupMember: optional(tags.ObjectGroupMember, objectGroupMember, { since: v1_1 }),
    attribute: repeated(tags.Attribute, attributeStructure),
    templateAttribute: optional(tags.TemplateAttribute, templateAttribute),
  },
  response: { uniqueIdentifier: repeated(tags.UniqueIdentifier, textString) },
  fails: [],
});
