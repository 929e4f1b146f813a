import { mkdtemp, rm } from "node:fs/promises";
import { createConnection, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConnectionSettings } from "@akm/store-postgres";

/**
 * What happens to the next change, once. `request` and `reply`: only so many bytes of it pass, then the connection is cut.
 * `silence`: it passes, or not, and nothing ever comes back. `rewrite`: the reply with other bytes of the same length.
 */
export type Fault =
  | { readonly request: number }
  | { readonly reply: number }
  | { readonly silence: "before" | "after" }
  | { readonly rewrite: readonly [from: string, to: string] };

/** A server between the store and the database, on a socket of its own. */
export interface FaultyProxy {
  readonly connection: ConnectionSettings;
  /** Waits for the next change and does this to it; resolves when it came. */
  arm(fault: Fault): Promise<void>;
  /** Cuts every connection and takes no more. */
  down(): void;
  close(): Promise<void>;
}

/** Every execution of a change carries the name of its statement. */
const mark = "change ";

/** Starts a proxy in front of a server that is reached over a socket. */
export async function startProxy(target: ConnectionSettings): Promise<FaultyProxy> {
  const folder = await mkdtemp(join(tmpdir(), "akm-proxy-"));
  const sockets = new Set<Socket>();
  let armed: Fault | undefined;
  let met: () => void = () => undefined;
  let isDown = false;

  function take(chunk: Buffer): Fault | undefined {
    if (armed === undefined || !chunk.includes(mark)) return undefined;
    const fault = armed;
    armed = undefined;
    met();
    return fault;
  }

  const server = createServer((client) => {
    if (isDown) return void client.destroy();
    const upstream = createConnection(`${target.host}/.s.PGSQL.5432`);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
    }
    relay(client, upstream, take);
  });
  await listen(server, join(folder, ".s.PGSQL.5432"));

  return {
    connection: { ...target, host: folder },
    arm(fault) {
      armed = fault;
      return new Promise((resolve) => {
        met = resolve;
      });
    },
    down() {
      isDown = true;
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Passes bytes on in both directions until a change meets its fault. */
function relay(client: Socket, upstream: Socket, take: (chunk: Buffer) => Fault | undefined): void {
  let fault: Fault | undefined;
  const cut = () => {
    client.destroy();
    upstream.destroy();
  };
  client.on("close", cut);
  upstream.on("close", cut);
  client.on("data", (chunk) => {
    fault ??= take(chunk);
    if (fault === undefined || "reply" in fault || "rewrite" in fault) upstream.write(chunk);
    else if ("request" in fault) upstream.end(chunk.subarray(0, fault.request), cut);
    else if (fault.silence === "after") upstream.write(chunk);
  });
  upstream.on("data", (chunk) => {
    if (fault === undefined) client.write(chunk);
    else if ("reply" in fault) client.end(chunk.subarray(0, fault.reply), cut);
    else if ("rewrite" in fault) {
      const [from, to] = fault.rewrite;
      client.write(Buffer.from(chunk.toString("latin1").replace(from, to), "latin1"));
    }
  });
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve) => server.listen(path, resolve));
}
