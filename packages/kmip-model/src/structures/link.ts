import { required, structure, textString, type ValueOf } from "@akm/ttlv";
import { linkType } from "../enumerations/index.ts";
import { tags } from "../tags.ts";

/** A reference from one managed object to another. KMIP 1.1 §3.35. */
export const link = structure({
  linkType: required(tags.LinkType, linkType),
  linkedObjectIdentifier: required(tags.LinkedObjectIdentifier, textString),
});

/** What kind of relation, and the Unique Identifier at its other end. */
export type Link = ValueOf<typeof link>;
