import { once } from "node:events";
import { type ConnectionOptions, connect, type TLSSocket } from "node:tls";
import {
  type AnswerMessage,
  type Listener,
  type ListenOptions,
  type LogLevel,
  listen,
  type TransportLimits,
} from "@akm/kmip-server";
import type { CertifiedKey } from "@akm/pki";
import { makePki, type TestPki } from "@akm/pki/testing";
import { onTestFinished, vi } from "vitest";

/** One line of the log. */
export interface Line {
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Certificates for all tests of a file. */
export const pki: TestPki = await makePki(new Date());
/** A client that is let in. */
export const alice: CertifiedKey = await pki.client("alice", ["staff"]);

/** akm's own authority: it may assert everything. */
export const ownTrust = {
  certificatePem: pki.authority.certificatePem,
  commonNames: ["*"],
  organizationalUnits: ["*"],
  administrators: true,
};

/** A listener, and what it logged. */
export interface Started {
  readonly listener: Listener;
  readonly log: readonly Line[];
  /** The first line of this event, as soon as it is there. */
  line(event: string): Promise<Line>;
}

type StartOptions = Partial<Omit<ListenOptions, "limits">> & { limits?: Partial<TransportLimits> };

/** Answers each request with a copy of itself. */
export const echo: AnswerMessage = async (message) => ({
  bytes: Uint8Array.from(message),
  close: false,
});

/** Starts a listener that ends with the test. */
export async function start(options: StartOptions = {}): Promise<Started> {
  const log: Line[] = [];
  const listener = await listen({
    address: "127.0.0.1",
    port: 0,
    certificates: [pki.server],
    trust: [ownTrust],
    answer: echo,
    refuse: (error) => new TextEncoder().encode(`refused ${error.code}`),
    log: (level, event, fields) => log.push({ level, event, fields }),
    ...options,
  });
  onTestFinished(() => listener.close(0));
  const find = (event: string) => log.find((line) => line.event === event);
  const line = (event: string) =>
    vi.waitUntil(() => find(event), { timeout: 5_000, interval: 5 }) as Promise<Line>;
  return { listener, log, line };
}

/** A client's end: what it read so far, and a promise of its end. */
export interface Client {
  readonly socket: TLSSocket;
  readonly closed: Promise<void>;
  /** The session to resume with, once the server has handed one out. */
  readonly session: Promise<Buffer>;
  /** Resolves with the next `count` bytes; rejects where the connection ends before. */
  read(count: number): Promise<Buffer>;
  /** Sends `message` and resolves with as many bytes. */
  ask(message: Uint8Array): Promise<Buffer>;
}

/** Opens a connection as `who`; the handshake may be over before the server judges. */
export async function open(
  { listener }: Started,
  who: CertifiedKey | null = alice,
  options: ConnectionOptions = {},
): Promise<Client> {
  const client = connectAs(listener, who, options);
  await Promise.race([once(client.socket, "secureConnect").catch(() => {}), client.closed]);
  return client;
}

function connectAs(
  listener: Listener,
  who: CertifiedKey | null,
  options: ConnectionOptions,
): Client {
  const socket = connect({
    host: "127.0.0.1",
    port: listener.port,
    ca: pki.authority.certificatePem,
    ...(who && { cert: who.certificatePem, key: who.keyPem }),
    ...options,
  });
  const session = new Promise<Buffer>((resolve) => socket.once("session", resolve));
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.on("error", () => {});
  onTestFinished(() => void socket.destroy());
  const read = reader(socket);
  return {
    socket,
    closed,
    session,
    read,
    ask(message) {
      socket.write(message);
      return read(message.length);
    },
  };
}

function reader(socket: TLSSocket): (count: number) => Promise<Buffer> {
  socket.pause();
  return (count) =>
    new Promise((resolve, reject) => {
      const end = () => reject(new Error("the connection ended"));
      const look = () => {
        const bytes: Buffer | null = socket.read(count);
        if (bytes === null) return;
        socket.off("readable", look).off("close", end);
        if (bytes.length === count) resolve(bytes);
        else end();
      };
      socket.on("readable", look).once("close", end);
      if (socket.destroyed) end();
      else look();
    });
}

/** A message of `size` bytes that a framer takes for whole; what is in it does not matter to a transport. */
export function message(size: number, fill = 0): Buffer {
  const bytes = Buffer.alloc(size, fill);
  bytes.writeUInt32BE(0x42007801);
  bytes.writeUInt32BE(size - 8, 4);
  return bytes;
}

/** A promise that resolves when it is told to. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** So many connections, each known to be inside. */
export async function openMany<N extends 1 | 2 | 3>(started: Started, count: N) {
  const clients: Client[] = [];
  for (let index = 0; index < count; index++) {
    const client = await open(started, alice);
    await client.ask(message(16));
    clients.push(client);
  }
  return clients as unknown as [Client, Client, Client];
}

/** Time for the other side to see what was sent; a test that needs more only proves less. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 30));
}
