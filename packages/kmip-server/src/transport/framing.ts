import type { TtlvError } from "@akm/ttlv";
import type { Clock } from "./clock.ts";
import type { TransportLimits } from "./limits.ts";

/** A request as it lay in the bytes of a connection. */
export interface FramedRequest {
  /** One KMIP message, or what the peer sent in place of one. */
  readonly message: Uint8Array;
  /** Whether the peer said that it is the last one. */
  readonly isLast: boolean;
}

/** Why nothing more can be read off a connection. */
export interface Unreadable {
  /** For the log. */
  readonly why: string;
  /** For the peer, as it goes on the wire. */
  readonly answer: () => Uint8Array;
}

/** How requests lie in the bytes of one connection, and how answers do. */
export interface Framing {
  /** The requests that this chunk completes, those behind bytes that are none left out; they may be views on it. */
  push(chunk: Uint8Array): readonly FramedRequest[];
  /** Bytes of the unfinished request. */
  readonly pending: number;
  /** There once no further request will be read. */
  readonly unreadable: Unreadable | undefined;
  /** What the peer waits for in the midst of its request, told once; `undefined` where it waits for nothing. */
  takeGoAhead(): Uint8Array | undefined;
  /** An answer as it goes on the wire; `isLast` where the connection ends behind it. */
  wrap(answer: Uint8Array, isLast: boolean): Uint8Array;
  /** Overwrites what came of the unfinished request. Nothing may be pushed afterwards. */
  wipe(): void;
}

/** What a framing may need of its listener. */
export interface FramingHost {
  readonly limits: TransportLimits;
  readonly clock: Clock;
  /** The answer to bytes that are no message. */
  readonly refuse: (error: TtlvError) => Uint8Array;
}

/** A protocol in which KMIP messages come: makes the framing of one connection. */
export type Protocol = (host: FramingHost) => Framing;
