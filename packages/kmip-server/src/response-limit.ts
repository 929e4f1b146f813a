/** Bytes of an answer, at the most. */
export const responseBytesMax: number = 1024 * 1024;

/** The answer would outgrow what the client takes: the whole of it becomes a refusal. KMIP 1.1 §6.3. */
export class ResponseTooLarge extends Error {
  override readonly name = "ResponseTooLarge";
}
