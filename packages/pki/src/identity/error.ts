/** What is wrong with the bytes: cut short, a length or tag that DER forbids, something after the end, or a value of the wrong form. */
export type DerErrorCode = "Truncated" | "BadLength" | "BadTag" | "TrailingBytes" | "BadValue";

/**
 * The bytes are not the DER that they claim to be. `offset` counts from the first byte of the certificate; it is
 * absent where something is missing, which has no place.
 */
export class DerError extends Error {
  override readonly name = "DerError";
  readonly code: DerErrorCode;
  readonly offset: number | undefined;

  constructor(code: DerErrorCode, offset: number | undefined, text: string) {
    super(offset === undefined ? text : `${text} (byte ${offset})`);
    this.code = code;
    this.offset = offset;
  }
}
