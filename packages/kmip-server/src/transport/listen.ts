import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer, type Server, type TLSSocket } from "node:tls";
import type { TtlvError } from "@akm/ttlv";
import type { AnswerMessage } from "../answer.ts";
import type { Log } from "../log.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { Protocol } from "./framing.ts";
import { Gate } from "./gate.ts";
import { createHttpFraming } from "./http/framing.ts";
import { defaultTransportLimits, type TransportLimits } from "./limits.ts";
import type { Refusal } from "./refusal.ts";
import { type TlsMaterial, tlsOptionsOf } from "./tls-options.ts";
import { readTrust, type TrustOptions } from "./trust.ts";
import { createTtlvFraming } from "./ttlv-framing.ts";

/** What may be replaced while a listener runs: its certificates, and whom it believes. */
export interface Credentials extends TlsMaterial, TrustOptions {}

/** What `listen` wants to know. */
export interface ListenOptions extends Credentials {
  readonly address: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Where KMIP over HTTPS is served as well, `POST /kmip`; 0 for any port that is free. Without it, nowhere. */
  readonly httpsPort?: number | undefined;
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

/** A port on which KMIP is served, and perhaps another one for KMIP over HTTPS: one house with two doors. */
export interface Listener {
  readonly address: string;
  readonly port: number;
  readonly httpsPort: number | undefined;
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
 * Serves KMIP over mutual TLS, by its own protocol and over HTTPS. Limits hold for both together. KMIP 1.1 profiles;
 * AKM guide, chapter 2; KMIP Additional Message Encodings 1.0 §2.
 *
 * @throws Error for a port that is taken, and a certificate, key or list that cannot be read
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const clock = options.clock ?? systemClock;
  const trust = readTrust(options, clock.now());
  const limits = { ...defaultTransportLimits, ...options.limits };
  const gate = new Gate({ ...options, limits, clock }, trust);
  const servers: Server[] = [];
  try {
    for (const door of doorsOf(options)) servers.push(await openDoor(door, gate, options));
  } catch (error) {
    for (const server of servers) server.close();
    await gate.stop();
    throw error;
  }
  return listenerOf(servers, gate, clock);
}

interface Door {
  readonly port: number;
  readonly protocol: Protocol;
  /** What is agreed on in the handshake, where the protocol has a name there. */
  readonly alpn?: readonly string[];
}

function doorsOf({ port, httpsPort }: ListenOptions): readonly Door[] {
  const own = { port, protocol: createTtlvFraming };
  if (httpsPort === undefined) return [own];
  return [own, { port: httpsPort, protocol: createHttpFraming, alpn: ["http/1.1"] }];
}

async function openDoor(
  { port, protocol, alpn }: Door,
  gate: Gate,
  options: ListenOptions,
): Promise<Server> {
  const server = createServer({
    ...tlsOptionsOf(options),
    ...(alpn && { ALPNProtocols: [...alpn] }),
  })
    .on("connection", (socket: Socket) => gate.arrive(socket))
    .on("secureConnection", (socket: TLSSocket) => gate.enter(socket, protocol))
    .on("tlsClientError", (error: Error, socket: TLSSocket) => gate.fail(error, socket));
  server.listen({ host: options.address, port });
  await once(server, "listening");
  // Such as no file descriptor left for a connection: that one is lost, the others go on.
  return server.on("error", (error) => options.log("error", "listener.failed", { error }));
}

function listenerOf(servers: readonly Server[], gate: Gate, clock: Clock): Listener {
  const [own, https] = servers.map((server) => server.address() as AddressInfo);
  const { address, port } = own as AddressInfo;
  return {
    address,
    port,
    httpsPort: https?.port,
    get connections() {
      return gate.connections;
    },
    reload(credentials) {
      const trust = readTrust(credentials, clock.now());
      const tls = tlsOptionsOf(credentials);
      for (const server of servers) server.setSecureContext(tls);
      gate.trust(trust);
    },
    async close(graceMs) {
      const closed = servers.map((server) => once(server, "close"));
      for (const server of servers) server.close();
      const cancel = clock.after(graceMs, () => gate.dropAll());
      await Promise.all([...closed, gate.stop()]);
      cancel();
    },
  };
}
