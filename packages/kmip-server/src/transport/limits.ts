/** How much of the machine its peers may take. Every maximum is itself still allowed. */
export interface TransportLimits {
  /** Connections whose certificate was accepted; one more, and the one longest idle goes. */
  readonly connectionsMax: number;
  /** Connections that are not that far; one more, and the oldest goes. */
  readonly handshakesMax: number;
  /** Of those that were accepted. */
  readonly connectionsPerAddressMax: number;
  readonly connectionsPerCertificateMax: number;
  /** From the connection to the end of its TLS handshake. */
  readonly handshakeMs: number;
  /** From the handshake to the first byte. */
  readonly firstByteMs: number;
  /** From an answer to the first byte of the next request. */
  readonly idleMs: number;
  /** Silence after which the system asks whether the peer is still there. */
  readonly keepAliveMs: number;
  /** From the first byte of a request to its last. */
  readonly bodyMs: number;
  /** The least speed of a request, asked for once `bodyGraceMs` have passed: lost packets are sent again within them. */
  readonly bodyBytesPerSecondMin: number;
  readonly bodyGraceMs: number;
  readonly messageBytesMax: number;
  /** Bytes of all requests together that are being received or worked on. */
  readonly receiveBudgetBytes: number;
  /** From a whole request to its answer; later the connection ends unanswered, since the outcome is unknown. */
  readonly requestMs: number;
  /** From handing over (a part of) an answer until the peer's side has taken it. */
  readonly writeStallMs: number;
  /** How long a connection that is told to end waits for its peer to do so as well. */
  readonly lingerMs: number;
  /** How late the event loop may be; beyond it, new connections are closed. */
  readonly loopLagMs: number;
}

/**
 * What holds unless it is said otherwise. Limits by address and certificate are off: a storage cluster or a whole
 * data centre that starts at once may stand behind one of either. The idle limit is long, since clients break
 * when their connection is gone.
 */
export const defaultTransportLimits: TransportLimits = Object.freeze({
  connectionsMax: 2_000,
  handshakesMax: 200,
  connectionsPerAddressMax: Number.POSITIVE_INFINITY,
  connectionsPerCertificateMax: Number.POSITIVE_INFINITY,
  handshakeMs: 5_000,
  firstByteMs: 30_000,
  idleMs: 15 * 60_000,
  keepAliveMs: 60_000,
  bodyMs: 10_000,
  bodyBytesPerSecondMin: 1_024,
  bodyGraceMs: 3_000,
  messageBytesMax: 1024 * 1024,
  receiveBudgetBytes: 256 * 1024 * 1024,
  requestMs: 10_000,
  writeStallMs: 10_000,
  lingerMs: 1_000,
  loopLagMs: 250,
});
