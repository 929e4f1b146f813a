/** What a transport is told about one request. */
export interface TransportOptions {
  /** Aborts at the deadline of the call (with a reason named `TimeoutError`) or when the caller gives up. */
  readonly signal: AbortSignal;
  /** `once`: the request only reads, and may be sent again where nothing of the answer came. `never`: it may change something. */
  readonly retry: "once" | "never";
}

/**
 * Carries one request message to a server and brings back its response message. A transport that waits for something
 * rejects with TransportError when the signal aborts. It must leave the bytes as they are.
 */
export type Transport = (message: Uint8Array, options: TransportOptions) => Promise<Uint8Array>;

/** A transport that keeps connections. */
export interface ConnectedTransport {
  readonly send: Transport;
  /** Closes what is idle at once, and each connection in use after its answer. Later requests are refused. */
  close(): Promise<void>;
}
