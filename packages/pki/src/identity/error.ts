/** What is wrong with the bytes: cut short, a length or tag that DER forbids, something after the end, or a value of the wrong form. */
export type DerErrorCode = "Truncated" | "BadLength" | "BadTag" | "TrailingBytes" | "BadValue";

/** The bytes are not the DER that they claim to be; `offset` counts from the first byte of the certificate. */
export class DerError extends Error {
  override readonly name = "DerError";
  readonly code: DerErrorCode;
  readonly offset: number;

  constructor(code: DerErrorCode, offset: number, text: string) {
    super(`${text} (byte ${offset})`);
    this.code = code;
    this.offset = offset;
  }
}
