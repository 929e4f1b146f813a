import { tags } from "@akm/kmip-model";
import { createFramer, TtlvError } from "@akm/ttlv";
import { notKmip, onlyMessage } from "./only-message.ts";
import { abortError, TransportError } from "./transport-error.ts";

/** What a connection needs of a socket. */
export interface Socket {
  on(event: "data", listener: (chunk: Uint8Array) => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  on(event: "end" | "close" | "timeout", listener: () => void): unknown;
  write(bytes: Uint8Array): unknown;
  destroy(): unknown;
  /** Tells `timeout` after so long without traffic; 0 for never. */
  setTimeout(ms: number): unknown;
  ref(): unknown;
  unref(): unknown;
}

/** One connection, one request at a time. */
export interface Connection {
  /** Whether the next request can go over it: false once either side has ended it. */
  readonly isUsable: boolean;
  /** Sends a message and waits for the one that answers it. When the signal aborts, the connection ends. */
  exchange(message: Uint8Array, signal: AbortSignal): Promise<Uint8Array>;
  close(): void;
}

/** What a connection is told beside its socket. */
export interface ConnectionTerms {
  /** Header included; a longer answer is refused at its header. */
  readonly messageBytesMax: number;
  /** After so long without a request it is closed. While idle it does not keep the process alive. */
  readonly idleMs: number;
  /** What an error of the socket means when no answer has come over it yet. */
  refusalOf(error: Error): TransportError | undefined;
}

interface Waiting {
  resolve(message: Uint8Array): void;
  reject(error: unknown): void;
}

/** A connection over a socket that is open. */
export function createConnection(socket: Socket, options: ConnectionTerms): Connection {
  const { messageBytesMax, idleMs, refusalOf } = options;
  const framer = createFramer({ tag: tags.ResponseMessage, messageBytesMax });
  let waiting: Waiting | undefined;
  let isOpen = true;
  let isAnswered = false;

  function rest(): void {
    waiting = undefined;
    socket.setTimeout(idleMs);
    socket.unref();
  }

  function lose(error: TransportError): void {
    isOpen = false;
    socket.destroy();
    waiting?.reject(error);
    waiting = undefined;
  }

  function ended(cause?: Error): void {
    const isWithin = framer.pending > 0;
    const text = isWithin ? "the connection ended within the answer" : "the connection ended";
    const hint = isAnswered || isWithin ? "" : " (does the server trust the client's certificate?)";
    const code = isWithin ? "CutOff" : "Closed";
    lose(new TransportError(code, text + hint, { executed: "unknown", cause }));
  }

  function receive(chunk: Uint8Array): void {
    const message = onlyMessage(framer.push(chunk), framer.pending);
    if (waiting === undefined) throw new TtlvError("TrailingBytes", "an answer to no request");
    if (message === undefined) return;
    isAnswered = true;
    waiting.resolve(message);
    rest();
  }

  socket.on("data", (chunk) => {
    try {
      receive(chunk);
    } catch (cause) {
      lose(notKmip(cause));
    }
  });
  socket.on("error", (error) => {
    const refusal = isAnswered ? undefined : refusalOf(error);
    if (refusal === undefined) ended(error);
    else lose(refusal);
  });
  for (const event of ["end", "close", "timeout"] as const) socket.on(event, () => ended());

  return {
    get isUsable() {
      return isOpen;
    },
    async exchange(message, signal) {
      if (!isOpen) throw new TransportError("Closed", "the connection ended", { executed: "no" });
      const abort = () => lose(abortError(signal, "unknown"));
      const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
      waiting = { resolve, reject };
      signal.addEventListener("abort", abort, { once: true });
      socket.setTimeout(0);
      socket.ref();
      socket.write(message);
      try {
        return await promise;
      } finally {
        signal.removeEventListener("abort", abort);
      }
    },
    close: () => ended(),
  };
}
