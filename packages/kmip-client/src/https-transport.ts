import { tags } from "@akm/kmip-model";
import { createFramer, TtlvError } from "@akm/ttlv";
import { Client } from "undici";
import type { Connection } from "./connection.ts";
import { type ConnectionOptions, defaults, tlsOptions } from "./connection-options.ts";
import { notKmip, onlyMessage } from "./only-message.ts";
import { createPooledTransport } from "./pooled-transport.ts";
import type { ConnectedTransport } from "./transport.ts";
import { abortError, TransportError } from "./transport-error.ts";

/** Where a server is. */
export interface HttpsTransportOptions extends ConnectionOptions {
  /** Such as `https://kms.example.org:5696/kmip`. */
  readonly url: string;
}

/**
 * KMIP over HTTPS with mutual TLS: each message is the body of a POST, its answer that of the response.
 * KMIP Additional Message Encodings 1.0.
 */
export function createHttpsTransport(options: HttpsTransportOptions): ConnectedTransport {
  const { connectionsMax } = { ...defaults, ...options };
  return createPooledTransport({ connectionsMax, connect: async () => open(options) });
}

/** A client of undici is one connection, which is opened when it is needed, and again when the server has ended it. */
function open(options: HttpsTransportOptions): Connection {
  const { idleMs, messageBytesMax } = { ...defaults, ...options };
  const { origin, pathname, search } = new URL(options.url);
  const client = new Client(origin, {
    connect: tlsOptions(options),
    keepAliveTimeout: idleMs,
    maxResponseSize: messageBytesMax,
    // The deadline of the call is the only one.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    get isUsable() {
      return !client.destroyed;
    },
    async exchange(message, signal) {
      try {
        const body = await post(client, { path: pathname + search, message, signal });
        return wholeMessage(body, messageBytesMax);
      } catch (error) {
        // It would open a new connection by itself: then there could be more than are allowed.
        client.destroy();
        throw error;
      }
    },
    close: () => void client.destroy(),
  };
}

interface Post {
  readonly path: string;
  readonly message: Uint8Array;
  readonly signal: AbortSignal;
}

const headers = { "content-type": "application/octet-stream", "cache-control": "no-cache" };

async function post(client: Client, { path, message, signal }: Post): Promise<Uint8Array> {
  const request = { path, method: "POST", headers, body: message, signal } as const;
  const response = await client.request(request).catch((error) => {
    throw requestError(error, signal);
  });
  if (response.statusCode !== 200) {
    await response.body.dump();
    throw new TransportError("Http", `status ${response.statusCode}`, { executed: "unknown" });
  }
  return response.body.bytes().catch((error) => {
    throw bodyError(error, signal);
  });
}

function wholeMessage(bytes: Uint8Array, messageBytesMax: number): Uint8Array {
  try {
    const framer = createFramer({ tag: tags.ResponseMessage, messageBytesMax });
    const message = onlyMessage(framer.push(bytes), framer.pending);
    if (message !== undefined) return message;
    throw new TtlvError("Truncated", "the body ends before the message");
  } catch (error) {
    throw notKmip(error);
  }
}

/** Codes by which Node and OpenSSL say that no connection came about: with them the request never left. */
const handshakeCodes =
  /^(ERR_SSL_\w*(CERT|_CA|HANDSHAKE|VERSION|CIPHER)|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|CERT_)/;

/** The request went nowhere, or nothing of its answer came. */
function requestError(error: NodeJS.ErrnoException, signal: AbortSignal): TransportError {
  if (signal.aborted) return abortError(signal, "unknown");
  const { code = "", message } = error;
  const text = message || code;
  if (error.syscall === "connect" || error instanceof AggregateError || code === "ENOTFOUND") {
    return new TransportError("Connect", `no connection: ${text}`, {
      executed: "no",
      cause: error,
    });
  }
  if (handshakeCodes.test(code)) {
    return new TransportError("Refused", `no TLS: ${text}`, { executed: "no", cause: error });
  }
  return new TransportError("Closed", text, { executed: "unknown", cause: error });
}

/** The answer began and broke off. */
function bodyError(error: NodeJS.ErrnoException, signal: AbortSignal): TransportError {
  if (signal.aborted) return abortError(signal, "unknown");
  const code = error.code === "UND_ERR_RES_EXCEEDED_MAX_SIZE" ? "NotKmip" : "CutOff";
  return new TransportError(code, error.message, { executed: "unknown", cause: error });
}
