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

/** The same as a part of a wrapping, where unknown values are read as their numbers. KMIP 1.1 §2.1.5. */
export const openCryptographicParameters = structure({
  blockCipherMode: optional(tags.BlockCipherMode, blockCipherMode.open),
  paddingMethod: optional(tags.PaddingMethod, paddingMethod.open),
  hashingAlgorithm: optional(tags.HashingAlgorithm, hashingAlgorithm.open),
  keyRoleType: optional(tags.KeyRoleType, keyRoleType.open),
});

/** Mode, padding, hash and role of a key. */
export type CryptographicParameters = ValueOf<typeof cryptographicParameters>;
