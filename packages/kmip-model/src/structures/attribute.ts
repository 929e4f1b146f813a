import {
  integer,
  optional,
  rawItem,
  repeated,
  required,
  structure,
  textString,
  type ValueOf,
} from "@akm/ttlv";
import { tags } from "../tags.ts";
import { name } from "./name.ts";

/**
 * One attribute instance on the wire. The type of its value hangs on its name, so the value stays undecoded here;
 * `readAttribute` decodes it. KMIP 1.1 §2.1.1.
 */
export const attributeStructure = structure({
  attributeName: required(tags.AttributeName, textString),
  attributeIndex: optional(tags.AttributeIndex, integer),
  attributeValue: required(tags.AttributeValue, rawItem),
});

/** An attribute instance whose value is not decoded yet. */
export type AttributeStructure = ValueOf<typeof attributeStructure>;

/** Names of templates and attributes for a new object. KMIP 1.1 §2.1.8. */
export const templateAttribute = structure({
  name: repeated(tags.Name, name),
  attribute: repeated(tags.Attribute, attributeStructure),
});

/** The attributes of a creation request. */
export type TemplateAttribute = ValueOf<typeof templateAttribute>;
