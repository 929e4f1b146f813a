import { optional, structure, type ValueOf } from "@akm/ttlv";
import {
  blockCipherMode,
  hashingAlgorithm,
  keyRoleType,
  paddingMethod,
} from "../enumerations/index.ts";
import { tags } from "../tags.ts";

/** How a key is to be used. KMIP 1.1 §3.6. */
export const cryptographicParameters = structure({
  blockCipherMode: optional(tags.BlockCipherMode, blockCipherMode),
  paddingMethod: optional(tags.PaddingMethod, paddingMethod),
  hashingAlgorithm: optional(tags.HashingAlgorithm, hashingAlgorithm),
  keyRoleType: optional(tags.KeyRoleType, keyRoleType),
});

/** Mode, padding, hash and role of a key. */
export type CryptographicParameters = ValueOf<typeof cryptographicParameters>;
