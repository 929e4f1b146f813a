import { type HttpFault, statusText } from "./fault.ts";

/** Tells a client to send the body that it holds back. RFC 9110 §10.1.1. */
export function goAhead(): Uint8Array {
  return Buffer.from("HTTP/1.1 100 Continue\r\n\r\n", "latin1");
}

/** An answer on its way to the client. */
export interface Response {
  readonly answer: Uint8Array;
  /** Whether the connection ends behind it. */
  readonly isLast: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A response that carries an answer, in a buffer of its own. KMIP Additional Message Encodings 1.0 §2.4. */
export function writeResponse({ answer, isLast, now }: Response): Uint8Array {
  const head = headOf("200 OK", now, [
    "Content-Type: application/octet-stream",
    `Content-Length: ${answer.length}`,
    ...(isLast ? ["Connection: close"] : []),
  ]);
  const bytes = new Uint8Array(head.length + answer.length);
  bytes.set(head);
  bytes.set(answer, head.length);
  return bytes;
}

/** The response to a request that is refused; the connection ends behind it. */
export function writeFault({ status }: HttpFault, now: number): Uint8Array {
  return headOf(statusText(status), now, [
    ...(status === 405 ? ["Allow: POST"] : []),
    "Content-Length: 0",
    "Connection: close",
  ]);
}

/** It names no product and no version. */
function headOf(status: string, now: number, fields: readonly string[]): Uint8Array {
  const date = `Date: ${new Date(now).toUTCString()}`;
  const lines = [`HTTP/1.1 ${status}`, date, "Cache-Control: no-cache", ...fields, "", ""];
  return Buffer.from(lines.join("\r\n"), "latin1");
}
