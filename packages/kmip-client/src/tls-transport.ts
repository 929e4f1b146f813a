import { connect } from "node:tls";
import { type Connection, SocketConnection } from "./connection.ts";
import { type ConnectionOptions, defaults, tlsOptions } from "./connection-options.ts";
import { createPooledTransport } from "./pooled-transport.ts";
import type { ConnectedTransport } from "./transport.ts";
import { abortError, TransportError } from "./transport-error.ts";

/** Where a server is. */
export interface TlsTransportOptions extends ConnectionOptions {
  readonly host: string;
  /** 5696 unless given. */
  readonly port?: number;
}

/** KMIP over mutual TLS, as KMIP 1.1 has it. Connections are opened when they are needed, kept, and shared. */
export function createTlsTransport(options: TlsTransportOptions): ConnectedTransport {
  const { connectionsMax } = { ...defaults, ...options };
  return createPooledTransport({ connectionsMax, connect: (signal) => open(options, signal) });
}

const defaultPort = 5696;

async function open(options: TlsTransportOptions, signal: AbortSignal): Promise<Connection> {
  if (signal.aborted) throw abortError(signal, "no");
  const { promise, resolve, reject } = Promise.withResolvers<Connection>();
  const { host, port = defaultPort, idleMs, messageBytesMax } = { ...defaults, ...options };
  const socket = connect({ host, port, ...tlsOptions(options) });
  socket.setNoDelay(true).setKeepAlive(true, keepAliveMs);
  let isReached = false;
  socket.once("connect", () => {
    isReached = true;
  });
  socket.once("error", (error) => reject(openError(error, { host, port, isReached })));
  socket.once("secureConnect", () =>
    resolve(new SocketConnection(socket, { idleMs, messageBytesMax, refusalOf })),
  );
  const abort = () => socket.destroy(abortError(signal, "no"));
  signal.addEventListener("abort", abort, { once: true });
  return promise.finally(() => signal.removeEventListener("abort", abort));
}

/** Keep-alive probes find out about a peer that is gone without a word. */
const keepAliveMs = 30_000;

function openError(
  error: Error,
  { host, port, isReached }: { host: string; port: number; isReached: boolean },
): TransportError {
  if (error instanceof TransportError) return error;
  const why = error.message || (error as NodeJS.ErrnoException).code;
  const code = isReached ? "Refused" : "Connect";
  const what = isReached ? "no TLS with" : "no connection to";
  const text = `${what} ${host} port ${port}: ${why}`;
  return new TransportError(code, text, { executed: "no", cause: error });
}

/** With TLS 1.3 a server refuses the client's certificate only after the client has begun to speak. */
function refusalOf(error: Error): TransportError | undefined {
  const { code = "", reason } = error as NodeJS.ErrnoException & { readonly reason?: string };
  if (!code.startsWith("ERR_SSL_") || !code.includes("ALERT")) return undefined;
  const text = `the server refused TLS: ${reason ?? code}`;
  return new TransportError("Refused", text, { executed: "no", cause: error });
}
