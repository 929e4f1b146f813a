export { digest } from "./digest.ts";
export {
  deriveEpochKeys,
  deriveIndexKey,
  type EpochKeys,
  type EpochName,
  type Keyring,
} from "./epoch-keys.ts";
export { CryptoError, type CryptoErrorCode } from "./error.ts";
export { equalBytes, KeyMaterial } from "./key-material.ts";
export { createKeyring, openKeyring, writeKeyring } from "./keyring.ts";
export type { KeyringSecrets } from "./keyring-records.ts";
export { LengthPrefixedWriter, lengthPrefixed, uint32 } from "./length-prefixed.ts";
export { createMasterKey, masterKeyRefusal, readMasterKey } from "./master-key.ts";
export { type Randomness, systemRandomness } from "./randomness.ts";
export {
  type Column,
  checkRow,
  macColumns,
  type Rows,
  stampRow,
  type Unstamped,
} from "./row-mac.ts";
export { open, type Sealed, type SealIdentity, seal } from "./seal.ts";
export { term } from "./terms.ts";
