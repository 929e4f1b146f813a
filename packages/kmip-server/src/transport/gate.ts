import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { plainAddress } from "./address.ts";
import { type Admission, createAdmission } from "./admission.ts";
import { Connection, type ConnectionHost, type Entered } from "./connection.ts";
import type { Protocol } from "./framing.ts";
import { handshakeFault, isProbe } from "./handshake-error.ts";
import { createHandshakes, type Handshakes } from "./handshakes.ts";
import { identify, type Peer } from "./identify.ts";
import { type LoopLag, measureLoopLag } from "./loop-lag.ts";
import { createReceiveBudget } from "./receive-budget.ts";
import type { Refusal } from "./refusal.ts";
import type { Trust } from "./trust.ts";

/** What a gate wants to know. */
export interface GateOptions
  extends Pick<ConnectionHost, "answer" | "refuse" | "limits" | "clock" | "log"> {
  readonly onRefusal?: (refusal: Refusal, address: string) => void;
}

/** Where every socket comes in: counted, timed, identified, and then served or sent away with a line in the log. */
export class Gate {
  readonly #options: GateOptions;
  readonly #host: ConnectionHost;
  readonly #handshakes: Handshakes;
  readonly #admission: Admission<Connection>;
  readonly #peers = new WeakMap<Connection, Peer>();
  readonly #lag: LoopLag;
  #trust: Trust;
  #isOpen = true;

  constructor(options: GateOptions, trust: Trust) {
    const { limits, clock, log } = options;
    this.#options = options;
    this.#admission = createAdmission(limits);
    this.#lag = measureLoopLag(clock);
    this.#handshakes = createHandshakes({
      limits,
      clock,
      onGivenUp: (socket, why) => log("info", "tls.failed", { address: plainAddress(socket), why }),
    });
    this.#host = {
      ...options,
      budget: createReceiveBudget(limits.receiveBudgetBytes),
      onBusy: this.#admission.busy,
      onIdle: this.#admission.idle,
      onClosed: this.#admission.leave,
    };
    this.#trust = trust;
    this.#warnOutdated();
  }

  /** How many are inside. */
  get connections(): number {
    return this.#admission.guests.size;
  }

  /** A socket before its handshake. */
  arrive(socket: Socket): void {
    const { limits } = this.#options;
    const lateMs = this.#lag.now();
    if (!this.#isOpen || socket.remoteAddress === undefined) socket.destroy();
    else if (lateMs > limits.loopLagMs) {
      this.#sendAway(socket, "Overload", `the event loop is ${lateMs} ms late`);
    } else this.#handshakes.begin(socket);
  }

  /** A socket whose handshake failed. */
  fail(error: Error, socket: TLSSocket): void {
    const isUnderWay = this.#handshakes.end(socket);
    const probe = isProbe(error);
    if (!isUnderWay && !probe) return;
    const fields = { address: plainAddress(socket), ...handshakeFault(error) };
    this.#options.log(probe ? "debug" : "warn", "tls.failed", fields);
  }

  /** A socket after its handshake; it came in by the port of this protocol. */
  enter(socket: TLSSocket, protocol: Protocol): void {
    socket.on("error", () => {});
    const peer = peerOf(socket);
    const identified = identify(peer, this.#trust, this.#options.clock.now());
    const isRefused = "reason" in identified;
    if (isRefused && identified.reason === "NonePresented") this.#awaitByte(socket, identified);
    else if (!this.#handshakes.end(socket)) socket.destroy();
    else if (isRefused) this.#refuse(socket, identified);
    else this.#admit(peer, { socket, peer: identified, framing: protocol(this.#host) });
  }

  /** Believes this from now on, also of those inside. */
  trust(trust: Trust): void {
    this.#trust = trust;
    this.#warnOutdated();
    for (const connection of this.#admission.guests) {
      const peer = this.#peers.get(connection);
      if (peer !== undefined) this.#judgeAgain(connection, peer);
    }
  }

  /** Lets nobody in any more; those inside leave when their request is answered. Ends when all have left. */
  async stop(): Promise<void> {
    this.#isOpen = false;
    this.#lag.stop();
    this.#handshakes.stop();
    const guests = [...this.#admission.guests];
    for (const connection of guests) connection.retire("the server stops");
    await Promise.all(guests.map((connection) => connection.ended()));
  }

  dropAll(): void {
    for (const connection of this.#admission.guests) connection.drop("the server stopped");
  }

  /** Some clients fetch the server's certificate and leave: only one that also asks for something is refused. */
  #awaitByte(socket: TLSSocket, refusal: Refusal): void {
    const fields = { address: plainAddress(socket), why: "left without a certificate" };
    const leave = () => this.#options.log("debug", "connection.closed", fields);
    socket.once("close", leave);
    socket.once("data", () => {
      this.#handshakes.end(socket);
      socket.off("close", leave);
      this.#refuse(socket, refusal);
    });
  }

  #admit(peer: Peer, entered: Entered): void {
    const { socket } = entered;
    const connection = new Connection(entered, this.#host);
    const full = this.#admission.admit(connection);
    if (full !== undefined) {
      this.#sendAway(socket, "TooMany", full);
      return;
    }
    this.#peers.set(connection, peer);
    this.#tellOpen(connection.address, entered);
    connection.start();
  }

  #tellOpen(address: string, { socket, peer }: Entered): void {
    const { user, groups, administrator, serial } = peer;
    this.#options.log("debug", "connection.open", {
      address,
      user,
      groups,
      administrator,
      serial,
      protocol: socket.getProtocol(),
      cipher: socket.getCipher().name,
      resumed: socket.isSessionReused(),
    });
  }

  #judgeAgain(connection: Connection, peer: Peer): void {
    const identified = identify(peer, this.#trust, this.#options.clock.now());
    if (!("reason" in identified)) connection.reidentify(identified);
    else {
      this.#tellRefusal(identified, connection.address);
      connection.drop(identified.why);
    }
  }

  #refuse(socket: TLSSocket, refusal: Refusal): void {
    this.#tellRefusal(refusal, plainAddress(socket));
    socket.destroy();
  }

  #tellRefusal(refusal: Refusal, address: string): void {
    this.#options.log("warn", "connection.refused", { address, ...refusal });
    this.#options.onRefusal?.(refusal, address);
  }

  #sendAway(socket: Socket, reason: "Overload" | "TooMany", why: string): void {
    const address = plainAddress(socket);
    this.#options.log("warn", "connection.refused", { address, reason, why });
    socket.destroy();
  }

  #warnOutdated(): void {
    for (const { issuer, nextUpdate } of this.#trust.outdated) {
      const fields = { issuer: issuer.text, due: nextUpdate?.toISOString() };
      this.#options.log("warn", "crl.outdated", { ...fields, mend: "replace it with a new one" });
    }
  }
}

function peerOf(socket: TLSSocket): Peer {
  const certificate = socket.getPeerX509Certificate();
  // Of a resumed session Node repeats the verdict of its first handshake.
  if (socket.authorized) return { certificate };
  return { certificate, fault: String(socket.authorizationError) };
}
