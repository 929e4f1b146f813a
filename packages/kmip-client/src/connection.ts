import { tags } from "@akm/kmip-model";
import { createFramer, type Framer, TtlvError } from "@akm/ttlv";
import { notKmip, onlyMessage } from "./only-message.ts";
import { abortError, TransportError, type TransportErrorDetails } from "./transport-error.ts";

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

/** A connection over a socket that is open, which it owns. */
export class SocketConnection implements Connection {
  readonly #socket: Socket;
  readonly #terms: ConnectionTerms;
  readonly #framer: Framer;
  #waiting: PromiseWithResolvers<Uint8Array> | undefined;
  #isOpen = true;
  #isAnswered = false;

  constructor(socket: Socket, terms: ConnectionTerms) {
    this.#socket = socket;
    this.#terms = terms;
    const { messageBytesMax } = terms;
    this.#framer = createFramer({ tag: tags.ResponseMessage, messageBytesMax });
    socket.on("data", (chunk) => this.#receive(chunk));
    socket.on("error", (error) => this.#fail(error));
    for (const event of ["end", "close", "timeout"] as const) {
      socket.on(event, () => this.#end());
    }
  }

  get isUsable(): boolean {
    return this.#isOpen;
  }

  async exchange(message: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
    if (!this.#isOpen) throw closed("the connection ended", { executed: "no" });
    const abort = () => this.#lose(abortError(signal, "unknown"));
    this.#waiting = Promise.withResolvers();
    signal.addEventListener("abort", abort, { once: true });
    this.#socket.setTimeout(0);
    this.#socket.ref();
    this.#socket.write(message);
    try {
      return await this.#waiting.promise;
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  close(): void {
    this.#end();
  }

  #receive(chunk: Uint8Array): void {
    try {
      const message = onlyMessage(this.#framer.push(chunk), this.#framer.pending);
      if (this.#waiting === undefined) {
        throw new TtlvError("TrailingBytes", "an answer to no request");
      }
      if (message !== undefined) this.#answer(message);
    } catch (error) {
      this.#lose(notKmip(error));
    }
  }

  #answer(message: Uint8Array): void {
    this.#isAnswered = true;
    this.#waiting?.resolve(message);
    this.#waiting = undefined;
    this.#socket.setTimeout(this.#terms.idleMs);
    this.#socket.unref();
  }

  #fail(cause: Error): void {
    const refusal = this.#isAnswered ? undefined : this.#terms.refusalOf(cause);
    if (refusal === undefined) this.#end(cause);
    else this.#lose(refusal);
  }

  #end(cause?: Error): void {
    const details = { executed: "unknown", cause } as const;
    if (this.#framer.pending > 0) {
      this.#lose(new TransportError("CutOff", "the connection ended within the answer", details));
      return;
    }
    const hint = this.#isAnswered ? "" : " (does the server trust the client's certificate?)";
    this.#lose(closed(`the connection ended${hint}`, details));
  }

  #lose(error: TransportError): void {
    this.#isOpen = false;
    this.#socket.destroy();
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }
}

function closed(text: string, details: TransportErrorDetails): TransportError {
  return new TransportError("Closed", text, details);
}
