/** A certificate cannot be made as asked; the text names the field and its value. */
export class PkiError extends Error {
  override readonly name = "PkiError";
  /** The field as the caller spelled it, for example `commonName`. */
  readonly field: string;

  constructor(field: string, value: unknown, why: string) {
    super(`${field} ${JSON.stringify(value)} ${why}`);
    this.field = field;
  }
}
