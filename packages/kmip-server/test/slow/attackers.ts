import { connect as connectPlain, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";

/** Whom attackers turn to, and from where. */
export interface Target {
  readonly port: number;
  /** The attacker's own address, such as 127.0.0.7. */
  readonly localAddress: string;
  /** PEM; a certificate that is let in. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  /** A request whose answer is large. */
  readonly largeRequest: Uint8Array;
}

/** One connection that means no good. */
export interface Attacker {
  /** Resolves when the server has ended it. */
  readonly gone: Promise<void>;
  stop(): void;
}

/** Opens a connection and does what it does. */
export type Attack = (target: Target) => Socket;

const dripMs = 200;
/** The front of a TLS record that is to hold 512 bytes of handshake. */
const recordFront = Buffer.from("1603010200010001fc0303", "hex");
/** The front of a request of 4 KiB. */
const requestFront = Buffer.from("4200780100000ff8", "hex");

/** What slow and half-open clients do before their handshake is over: F1. */
export const handshakeAttacks = {
  silent: (target) => plain(target),
  halfOpen: (target) => plain(target, (socket) => socket.write(recordFront)),
  dripHandshake: (target) =>
    plain(target, (socket) => {
      socket.write(recordFront);
      drip(socket);
    }),
} satisfies Readonly<Record<string, Attack>>;

/** What they do once they are let in: F2. */
export const requestAttacks = {
  dripRequest: (target) =>
    secure(target, (socket) => {
      socket.write(requestFront);
      drip(socket);
    }),
  halfRequest: (target) => secure(target, (socket) => socket.write(requestFront)),
  halfClose: (target) => secure(target, (socket) => socket.end(requestFront)),
  neverReads: (target) =>
    secure(target, (socket) => {
      socket.pause();
      for (let left = 40; left > 0; left -= 1) socket.write(target.largeRequest);
      // Who does not read learns only by writing that the connection is gone.
      drip(socket);
    }),
} satisfies Readonly<Record<string, Attack>>;

/** Begins an attack. */
export function begin(attack: Attack, target: Target): Attacker {
  const socket = attack(target).on("error", () => {});
  const gone = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  return { gone, stop: () => socket.destroy() };
}

function plain({ port, localAddress }: Target, attack?: (socket: Socket) => void): Socket {
  const socket = connectPlain({ port, host: "127.0.0.1", localAddress });
  socket.resume().once("connect", () => attack?.(socket));
  return socket;
}

function secure(target: Target, attack: (socket: Socket) => void): Socket {
  const { port, localAddress, ca, cert, key } = target;
  const to = { port, host: "127.0.0.1", localAddress, servername: "localhost" };
  const socket = connectTls({ ...to, ca, cert, key });
  socket.resume().once("secureConnect", () => attack(socket));
  return socket;
}

function drip(socket: Socket): void {
  const timer = setInterval(() => socket.write(Buffer.of(0)), dripMs);
  socket.once("close", () => clearInterval(timer));
}
