import { required, structure, textString, type ValueOf } from "@akm/ttlv";
import { nameType } from "../enumerations/index.ts";
import { tags } from "../tags.ts";

/** A name by which clients find an object. KMIP 1.1 §3.2. */
export const name = structure({
  nameValue: required(tags.NameValue, textString),
  nameType: required(tags.NameType, nameType),
});

/** A name and how to read it. */
export type Name = ValueOf<typeof name>;
