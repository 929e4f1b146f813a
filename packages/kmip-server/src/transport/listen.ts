import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer, type Server, type TLSSocket } from "node:tls";
import type { TtlvError } from "@akm/ttlv";
import type { AnswerMessage } from "../answer.ts";
import type { Log } from "../log.ts";
import { type Clock, systemClock } from "./clock.ts";
import { Gate } from "./gate.ts";
import { defaultTransportLimits, type TransportLimits } from "./limits.ts";
import type { Refusal } from "./refusal.ts";
import { type TlsMaterial, tlsOptionsOf } from "./tls-options.ts";
import { readTrust, type TrustOptions } from "./trust.ts";

/** What may be replaced while a listener runs: its certificates, and whom it believes. */
export interface Credentials extends TlsMaterial, TrustOptions {}

/** What `listen` wants to know. */
export interface ListenOptions extends Credentials {
  readonly address: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Called with one request at a time for each connection; its bytes, and those of the answer, are wiped afterwards. */
  readonly answer: AnswerMessage;
  /** The answer to bytes that are no message; they are wiped after use. The connection ends behind it. */
  readonly refuse: (error: TtlvError) => Uint8Array;
  /** `defaultTransportLimits` where nothing else is said. */
  readonly limits?: Partial<TransportLimits>;
  readonly log: Log;
  /** For the audit: called beside the line in the log. */
  readonly onRefusal?: (refusal: Refusal, address: string) => void;
  readonly clock?: Clock;
}

/** A port on which KMIP is served. */
export interface Listener {
  readonly address: string;
  readonly port: number;
  /** Connections whose certificate was accepted. */
  readonly connections: number;
  /**
   * Takes hold at once: no session is resumed, and open connections are judged again; the refused ones end
   * unanswered. Throws, and leaves all as it was, where a certificate, key or list cannot be read.
   */
  reload(credentials: Credentials): void;
  /** Takes no more connections, answers the requests under way, and after `graceMs` ends what is left. */
  close(graceMs: number): Promise<void>;
}

/**
 * Serves KMIP over mutual TLS. KMIP 1.1 profiles; AKM guide, chapter 2.
 *
 * @throws Error for a port that is taken, and a certificate, key or list that cannot be read
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const clock = options.clock ?? systemClock;
  const trust = readTrust(options, clock.now());
  const limits = { ...defaultTransportLimits, ...options.limits };
  const gate = new Gate({ ...options, limits, clock }, trust);
  const server = createServer(tlsOptionsOf(options))
    .on("connection", (socket: Socket) => gate.arrive(socket))
    .on("secureConnection", (socket: TLSSocket) => gate.enter(socket))
    .on("tlsClientError", (error: Error, socket: TLSSocket) => gate.fail(error, socket));
  server.listen({ host: options.address, port: options.port });
  try {
    await once(server, "listening");
  } catch (error) {
    await gate.stop();
    throw error;
  }
  // Such as no file descriptor left for a connection: that one is lost, the others go on.
  server.on("error", (error) => options.log("error", "listener.failed", { error }));
  return listenerOf(server, gate, clock);
}

function listenerOf(server: Server, gate: Gate, clock: Clock): Listener {
  const { address, port } = server.address() as AddressInfo;
  return {
    address,
    port,
    get connections() {
      return gate.connections;
    },
    reload(credentials) {
      const trust = readTrust(credentials, clock.now());
      server.setSecureContext(tlsOptionsOf(credentials));
      gate.trust(trust);
    },
    async close(graceMs) {
      const closed = once(server, "close");
      server.close();
      const cancel = clock.after(graceMs, () => gate.dropAll());
      await Promise.all([closed, gate.stop()]);
      cancel();
    },
  };
}
