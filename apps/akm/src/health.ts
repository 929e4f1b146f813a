import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { listenFailure } from "./listen-failure.ts";

/** Whether requests can be served at this moment, and each thing that stands in the way. */
export interface Readiness {
  readonly ready: boolean;
  readonly reasons: readonly string[];
}

/** Where `/health` is served, and who knows the answer. */
export interface HealthOptions {
  readonly address: string;
  readonly port: number;
  readonly readiness: () => Promise<Readiness>;
  /** What an operator should know though requests are served. */
  readonly notes: () => Promise<readonly string[]>;
}

/** `/health` while it is served. */
export interface HealthServer {
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves, as plain HTTP with JSON: `/health/ready` (503 with the reasons while not ready), `/health` (the same, with
 * notes), and `/health/live`, which answers as long as the process can.
 *
 * @throws Failure `address`
 */
export async function serveHealth(options: HealthOptions): Promise<HealthServer> {
  const server = createServer((request, response) => {
    respond(request, response, options).catch(() => response.destroy());
  });
  server.listen({ host: options.address, port: options.port });
  await once(server, "listening").catch((error) => {
    throw listenFailure(error, { ...options, option: "--admin-port", key: "[admin] address" });
  });
  const { address, port } = server.address() as AddressInfo;
  return {
    address,
    port,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { readiness, notes }: HealthOptions,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    send(response, 405, { error: "GET and HEAD only" });
    return;
  }
  const path = request.url?.split("?", 1)[0];
  if (path === "/health/live") {
    send(response, 200, { live: true });
  } else if (path === "/health" || path === "/health/ready") {
    const { ready, reasons } = await readiness();
    const noted = path === "/health" && ready ? { notes: await notes() } : {};
    send(response, ready ? 200 : 503, { live: true, ready, reasons, ...noted });
  } else send(response, 404, { error: "ask /health, /health/live or /health/ready" });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(`${JSON.stringify(body)}\n`);
}
