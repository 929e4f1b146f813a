/**
 * What went wrong: bytes that are no sealed blob or no keyring record, an epoch that the keyring does not hold,
 * something that was altered or belongs elsewhere, a master key that does not fit, a file that may not hold one.
 */
export type CryptoErrorCode =
  | "BadBlob"
  | "BadRecord"
  | "UnknownEpoch"
  | "NotAuthentic"
  | "WrongMasterKey"
  | "BadMasterKeyFile";

/** Protection at rest refuses. The text never holds a byte of a key. */
export class CryptoError extends Error {
  override readonly name = "CryptoError";
  readonly code: CryptoErrorCode;

  constructor(code: CryptoErrorCode, text: string, options?: ErrorOptions) {
    super(text, options);
    this.code = code;
  }
}
