import { tags } from "@akm/kmip-model";
import { createFramer, TtlvError } from "@akm/ttlv";
import { Client, type Dispatcher, Pool } from "undici";
import { type ConnectionOptions, defaults, tlsOptions } from "./connection-options.ts";
import { notKmip, onlyMessage } from "./only-message.ts";
import type { ConnectedTransport, Transport } from "./transport.ts";
import { abortError, mayRepeat, TransportError } from "./transport-error.ts";

/** Where a server is. */
export interface HttpsTransportOptions extends ConnectionOptions {
  /** Such as `https://kms.example.org:5696/kmip`. */
  readonly url: string;
}

/**
 * KMIP over HTTPS with mutual TLS: each message is the body of a POST, its answer that of the response.
 * KMIP Additional Message Encodings 1.0 §2.
 */
export function createHttpsTransport(options: HttpsTransportOptions): ConnectedTransport {
  const { connectionsMax, idleMs, messageBytesMax } = { ...defaults, ...options };
  const { origin, pathname, search } = new URL(options.url);
  const clientOptions: Client.Options = {
    connect: tlsOptions(options),
    keepAliveTimeout: idleMs,
    maxResponseSize: messageBytesMax,
    // The deadline of the call is the only one.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const pool = new Pool(origin, { ...clientOptions, connections: connectionsMax });
  const post = { path: pathname + search, messageBytesMax };

  const send: Transport = async (message, { signal, retry }) => {
    try {
      return await request(pool, { ...post, message, signal });
    } catch (error) {
      if (retry === "never" || !mayRepeat(error)) throw error;
    }
    const fresh = new Client(origin, clientOptions);
    try {
      return await request(fresh, { ...post, message, signal });
    } finally {
      await fresh.destroy();
    }
  };
  return { send, close: () => pool.close() };
}

interface Post {
  readonly path: string;
  readonly message: Uint8Array;
  readonly signal: AbortSignal;
  readonly messageBytesMax: number;
}

async function request(client: Dispatcher, post: Post): Promise<Uint8Array> {
  const { path, message, signal, messageBytesMax } = post;
  const headers = { "content-type": "application/octet-stream", "cache-control": "no-cache" };
  const response = await client
    .request({ path, method: "POST", headers, body: message, signal })
    .catch((error) => {
      throw requestError(error, signal);
    });
  const { statusCode, body } = response;
  if (statusCode !== 200) {
    await body.dump();
    throw new TransportError("Http", `status ${statusCode}`, { executed: "unknown" });
  }
  const bytes = await body.bytes().catch((error) => {
    throw bodyError(error, signal);
  });
  return wholeMessage(bytes, messageBytesMax);
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

/** The request went nowhere, or nothing of its answer came. */
function requestError(error: NodeJS.ErrnoException, signal: AbortSignal): TransportError {
  if (signal.aborted) return abortError(signal, "unknown");
  const { code = "", message } = error;
  const text = message || code;
  if (code === "UND_ERR_CLOSED" || code === "UND_ERR_DESTROYED") {
    return new TransportError("Closed", "the transport is closed", {
      executed: "no",
      cause: error,
    });
  }
  if (error.syscall === "connect" || error instanceof AggregateError || code === "ENOTFOUND") {
    return new TransportError("Connect", `no connection: ${text}`, {
      executed: "no",
      cause: error,
    });
  }
  if (/^(ERR_SSL|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|CERT_)/.test(code)) {
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
