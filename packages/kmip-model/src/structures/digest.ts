import { byteString, optional, required, structure, type ValueOf } from "@akm/ttlv";
import { hashingAlgorithm, keyFormatType } from "../enumerations/index.ts";
import { tags } from "../tags.ts";
import { v1_1 } from "../version.ts";

/** A digest of the object's material in one of its formats. KMIP 1.1 §3.17. */
export const digest = structure({
  hashingAlgorithm: required(tags.HashingAlgorithm, hashingAlgorithm),
  digestValue: required(tags.DigestValue, byteString),
  keyFormatType: optional(tags.KeyFormatType, keyFormatType, { since: v1_1 }),
});

/** Algorithm, value, and (from 1.1 on) the format whose bytes were hashed. */
export type Digest = ValueOf<typeof digest>;
