/** `Conflict`: what was asked contradicts what stands. `Unavailable`: the database cannot be asked, or not be trusted, now. */
export type StoreErrorCode = "Conflict" | "Unavailable";

/** What a store throws, or hands back in an outcome; the driver's own error is its `cause`. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
