import type { Connection } from "./connection.ts";
import { createPlaces } from "./places.ts";
import type { ConnectedTransport, Transport } from "./transport.ts";
import { mayRepeat, TransportError } from "./transport-error.ts";

/** Where connections come from, and how many there may be. */
export interface PoolOptions {
  /** Opens one. Throws TransportError, also when the signal aborts. */
  connect(signal: AbortSignal): Promise<Connection>;
  readonly connectionsMax: number;
}

/**
 * Sends each request over a connection that is idle, or a new one. A request that only reads goes out once more, over
 * a new connection, where the first ended before anything of the answer came.
 */
export function createPooledTransport({
  connect,
  connectionsMax,
}: PoolOptions): ConnectedTransport {
  const places = createPlaces(connectionsMax);
  const idle: Connection[] = [];
  const underWay = new Set<Promise<unknown>>();
  let closed = false;

  async function take(signal: AbortSignal): Promise<Connection> {
    // What ended while nobody looked is told of when the event loop turns.
    if (idle.length > 0) await new Promise(setImmediate);
    for (let found = idle.pop(); found !== undefined; found = idle.pop()) {
      if (found.isUsable) return found;
    }
    return connect(signal);
  }

  async function exchange(
    connection: Connection,
    message: Uint8Array,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    try {
      return await connection.exchange(message, signal);
    } finally {
      if (closed) connection.close();
      else if (connection.isUsable) idle.push(connection);
    }
  }

  const send: Transport = async (message, { signal, retry }) => {
    if (closed) throw new TransportError("Closed", "the transport is closed", { executed: "no" });
    const leave = await places.enter(signal);
    try {
      return await exchange(await take(signal), message, signal);
    } catch (error) {
      if (retry === "never" || !mayRepeat(error)) throw error;
      return await exchange(await connect(signal), message, signal);
    } finally {
      leave();
    }
  };

  return {
    send(message, options) {
      const sent: Promise<Uint8Array> = send(message, options).finally(() => underWay.delete(sent));
      underWay.add(sent);
      return sent;
    },
    async close() {
      closed = true;
      for (const connection of idle.splice(0)) connection.close();
      await Promise.allSettled(underWay);
    },
  };
}
