import { KmipError, reasonOf } from "@akm/kmip-model";
import { TtlvError } from "@akm/ttlv";

/** What `read` gives; bytes that do not fit their declaration are refused with the reason for that. */
export function orRefuse<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TtlvError)) throw error;
    throw new KmipError(reasonOf(error), error.message, { cause: error });
  }
}
