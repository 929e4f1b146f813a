import { TtlvError } from "@akm/ttlv";
import { TransportError } from "./transport-error.ts";

/**
 * The one message that answers a request, `undefined` while it is not whole.
 *
 * @param pending  bytes of a message that has begun and is not whole
 * @throws TtlvError where more has come than that
 */
export function onlyMessage(
  messages: readonly Uint8Array[],
  pending: number,
): Uint8Array | undefined {
  const [message, ...more] = messages;
  if (message === undefined || (more.length === 0 && pending === 0)) return message;
  throw new TtlvError("TrailingBytes", "more than one answer", { offset: message.length });
}

/** The error for an answer whose bytes make no message. Anything but a TtlvError is a defect, and thrown. */
export function notKmip(cause: unknown): TransportError {
  if (!(cause instanceof TtlvError)) throw cause;
  const text = `the answer is no KMIP message: ${cause.message}`;
  return new TransportError("NotKmip", text, { executed: "unknown", cause });
}
