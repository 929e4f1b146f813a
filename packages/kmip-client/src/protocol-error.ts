import { KmipError } from "@akm/kmip-model";
import { TtlvError } from "@akm/ttlv";

/** An answer that is not what KMIP says an answer to this request looks like. The request may have been carried out. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
}

/**
 * What `read` makes of a part of an answer.
 *
 * @throws ProtocolError for bytes that do not fit their declarations
 */
export function reading<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TtlvError || error instanceof KmipError)) throw error;
    throw new ProtocolError(`the answer cannot be read: ${error.message}`, { cause: error });
  }
}
