import type { Session } from "./session.ts";

/** What a transport does after a request. */
export interface Answer {
  /** The response message; `undefined` where the outcome could not be found out: then the connection ends unanswered. */
  readonly bytes: Uint8Array | undefined;
  /** Whether the connection ends after the answer, because its bytes can no longer be trusted. */
  readonly close: boolean;
}

/** Bytes in, bytes out: the whole of a KMIP server without its socket. */
export type AnswerMessage = (message: Uint8Array, session: Session) => Promise<Answer>;
