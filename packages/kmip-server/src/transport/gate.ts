import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { createAdmission } from "./admission.ts";
import { Connection, type ConnectionHost, plainAddress } from "./connection.ts";
import { handshakeFault, isProbe } from "./handshake-error.ts";
import { createHandshakes } from "./handshakes.ts";
import { type Identified, identify, type Peer } from "./identify.ts";
import { measureLoopLag } from "./loop-lag.ts";
import { createReceiveBudget } from "./receive-budget.ts";
import type { Refusal } from "./refusal.ts";
import type { Trust } from "./trust.ts";

/** What `createGate` wants to know. */
export interface GateOptions
  extends Pick<ConnectionHost, "answer" | "refuse" | "limits" | "clock" | "log"> {
  readonly onRefusal?: (refusal: Refusal, address: string) => void;
}

/** Where every socket comes in: counted, timed, identified, and then served or sent away. */
export interface Gate {
  /** A socket before its handshake. */
  arrive(socket: Socket): void;
  /** A socket after its handshake. */
  enter(socket: TLSSocket): void;
  /** A socket whose handshake failed. */
  fail(error: Error, socket: TLSSocket): void;
  /** Believes this from now on, also of who is inside. */
  trust(trust: Trust): void;
  /** Lets nobody in any more; those inside leave when their request is answered. */
  stop(): void;
  dropAll(): void;
  /** How many are inside. */
  readonly connections: number;
}

/** A gate that lets in whom `trust` believes. */
export function createGate(options: GateOptions, initialTrust: Trust): Gate {
  const { limits, clock, log } = options;
  const admission = createAdmission<Connection>(limits);
  const peers = new WeakMap<Connection, Peer>();
  const lag = measureLoopLag(clock);
  let trust = initialTrust;
  const handshakes = createHandshakes({
    limits,
    clock,
    onGivenUp: (socket, why) => log("info", "tls.failed", { address: plainAddress(socket), why }),
  });
  const host: ConnectionHost = {
    ...options,
    budget: createReceiveBudget(limits.receiveBudgetBytes),
    onBusy: admission.busy,
    onIdle: admission.idle,
    onClosed: admission.leave,
  };
  warnOutdated();

  function warnOutdated(): void {
    for (const { issuer, nextUpdate } of trust.outdated) {
      const due = nextUpdate?.toISOString();
      log("warn", "crl.outdated", { issuer: issuer.text, due, mend: "replace it with a new one" });
    }
  }

  function tellRefusal(refusal: Refusal, address: string): void {
    log("warn", "connection.refused", { address, ...refusal });
    options.onRefusal?.(refusal, address);
  }

  /** Some clients fetch the server's certificate this way and leave: only who also asks for something is refused. */
  function awaitByte(socket: TLSSocket, refusal: Refusal): void {
    const address = plainAddress(socket);
    const leave = () =>
      log("debug", "connection.closed", { address, why: "left without a certificate" });
    socket.once("close", leave);
    socket.once("data", () => {
      handshakes.end(socket);
      socket.off("close", leave).destroy();
      tellRefusal(refusal, address);
    });
  }

  function admit(socket: TLSSocket, peer: Peer, identified: Identified): void {
    const connection = new Connection(socket, identified, host);
    const full = admission.admit(connection);
    const { address } = connection;
    const { user, groups, administrator, serial } = identified;
    if (full !== undefined) {
      log("warn", "connection.refused", { address, user, reason: "TooMany", why: full });
      socket.destroy();
      return;
    }
    peers.set(connection, peer);
    const tls = { protocol: socket.getProtocol(), cipher: socket.getCipher().name };
    const who = { address, user, groups, administrator, serial };
    log("debug", "connection.open", { ...who, ...tls, resumed: socket.isSessionReused() });
    connection.start();
  }

  return {
    arrive(socket) {
      const late = lag.now();
      if (late > limits.loopLagMs) {
        const why = `the event loop is ${late} ms late`;
        const address = plainAddress(socket);
        log("warn", "connection.refused", { address, reason: "Overload", why });
        socket.destroy();
      } else if (socket.remoteAddress === undefined) socket.destroy();
      else handshakes.begin(socket);
    },
    enter(socket) {
      socket.on("error", () => {});
      const peer = peerOf(socket);
      const identified = identify(peer, trust, clock.now());
      if ("reason" in identified && identified.reason === "NonePresented") {
        awaitByte(socket, identified);
        return;
      }
      const wasUnderWay = handshakes.end(socket);
      if (!wasUnderWay) socket.destroy();
      else if (!("reason" in identified)) admit(socket, peer, identified);
      else {
        tellRefusal(identified, plainAddress(socket));
        socket.destroy();
      }
    },
    fail(error, socket) {
      const address = plainAddress(socket);
      if (!handshakes.end(socket) && !isProbe(error)) return;
      log(isProbe(error) ? "debug" : "warn", "tls.failed", { address, ...handshakeFault(error) });
    },
    trust(next) {
      trust = next;
      warnOutdated();
      for (const connection of admission.guests) {
        const peer = peers.get(connection);
        const identified = peer && identify(peer, trust, clock.now());
        if (identified === undefined) continue;
        if (!("reason" in identified)) connection.reidentify(identified);
        else {
          tellRefusal(identified, connection.address);
          connection.drop(identified.why);
        }
      }
    },
    stop() {
      lag.stop();
      handshakes.stop();
      for (const connection of admission.guests) connection.retire("the server stops");
    },
    dropAll() {
      for (const connection of admission.guests) connection.drop("the server stopped");
    },
    get connections() {
      return admission.guests.size;
    },
  };
}

function peerOf(socket: TLSSocket): Peer {
  const certificate = socket.getPeerX509Certificate();
  // Of a resumed session Node repeats the verdict of its first handshake.
  if (socket.authorized) return { certificate };
  return { certificate, fault: String(socket.authorizationError) };
}
