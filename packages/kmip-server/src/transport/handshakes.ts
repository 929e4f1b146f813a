import type { Socket } from "node:net";
import type { Cancel, Clock } from "./clock.ts";
import type { TransportLimits } from "./limits.ts";

/** Sockets whose peer is not known yet. */
export interface Handshakes {
  /** Takes a socket in; where there are too many, the oldest goes. */
  begin(socket: Socket): void;
  /** Ends the one of this TLS socket; whether it was under way. */
  end(socket: Socket): boolean;
  /** Destroys all of them. */
  stop(): void;
  readonly count: number;
}

/** What `createHandshakes` wants to know. */
export interface HandshakesOptions {
  readonly limits: TransportLimits;
  readonly clock: Clock;
  /** Called when one is given up, before it is destroyed. */
  onGivenUp(socket: Socket, why: string): void;
}

interface Handshake {
  readonly socket: Socket;
  readonly cancel: Cancel;
}

/**
 * Keeps count of unfinished handshakes and gives each its time: absolute, since a peer that sends a byte now and
 * then is as idle as one that sends none. Node's own limit starts anew with each byte.
 */
export function createHandshakes({ limits, clock, onGivenUp }: HandshakesOptions): Handshakes {
  // A Map keeps the order in which they came.
  const underWay = new Map<string, Handshake>();

  function forget(key: string): boolean {
    underWay.get(key)?.cancel();
    return underWay.delete(key);
  }

  function giveUp(key: string, socket: Socket, why: string): void {
    if (!forget(key)) return;
    onGivenUp(socket, why);
    socket.destroy();
  }

  return {
    begin(socket) {
      const [oldest] = underWay;
      if (oldest !== undefined && underWay.size >= limits.handshakesMax) {
        giveUp(oldest[0], oldest[1].socket, `the oldest of ${underWay.size} handshakes made room`);
      }
      const key = keyOf(socket);
      const why = `no handshake within ${limits.handshakeMs} ms`;
      const cancel = clock.after(limits.handshakeMs, () => giveUp(key, socket, why));
      underWay.set(key, { socket, cancel });
      socket.once("close", () => {
        if (underWay.get(key)?.socket === socket) forget(key);
      });
    },
    end: (socket) => forget(keyOf(socket)),
    stop() {
      for (const { socket } of underWay.values()) socket.destroy();
    },
    get count() {
      return underWay.size;
    },
  };
}

/** Node does not tell which socket a TLS socket stands on, but both have the same two ends. */
function keyOf({ remoteAddress, remotePort, localAddress, localPort }: Socket): string {
  return `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`;
}
