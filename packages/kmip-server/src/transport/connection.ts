import type { TLSSocket } from "node:tls";
import { tags } from "@akm/kmip-model";
import { createFramer, type Framer, TtlvError } from "@akm/ttlv";
import type { Answer, AnswerMessage } from "../answer.ts";
import type { Log } from "../log.ts";
import type { Session } from "../session.ts";
import type { Guest } from "./admission.ts";
import type { Clock } from "./clock.ts";
import { createDeadline, type Deadline } from "./deadline.ts";
import type { Identified } from "./identify.ts";
import type { TransportLimits } from "./limits.ts";
import type { Body, ReceiveBudget } from "./receive-budget.ts";
import { writeAll } from "./write-all.ts";

/** What all connections of a listener share. */
export interface ConnectionHost {
  readonly answer: AnswerMessage;
  /** The answer to bytes that are no message. */
  readonly refuse: (error: TtlvError) => Uint8Array;
  readonly limits: TransportLimits;
  readonly clock: Clock;
  readonly budget: ReceiveBudget;
  readonly log: Log;
  readonly onBusy: (connection: Connection) => void;
  readonly onIdle: (connection: Connection) => void;
  readonly onClosed: (connection: Connection) => void;
}

/**
 * One peer: takes its requests one at a time and reads on only when the answer is written. It never looks for the
 * next message behind bytes that are none. What it received and what it sent is wiped: either may hold a key.
 */
export class Connection implements Guest, Body {
  readonly address: string;
  /** Resolves when it has ended. */
  readonly closed: Promise<void>;
  readonly #socket: TLSSocket;
  readonly #host: ConnectionHost;
  readonly #framer: Framer;
  readonly #deadline: Deadline;
  #peer: Identified;
  #bodySince: number | undefined;
  #requests = 0;
  #isBusy = false;
  #isPaused = false;
  #isLast = false;
  #isEnding = false;
  #end: { why: string; isFault: boolean } = { why: "the peer closed it", isFault: false };

  constructor(socket: TLSSocket, peer: Identified, host: ConnectionHost) {
    this.address = plainAddress(socket);
    this.#socket = socket;
    this.#peer = peer;
    this.#host = host;
    const { messageBytesMax } = host.limits;
    this.#framer = createFramer({ tag: tags.RequestMessage, messageBytesMax });
    this.#deadline = createDeadline(host.clock);
    this.closed = new Promise((resolve) => {
      socket.once("close", () => {
        this.#closed();
        resolve();
      });
    });
  }

  /** SHA-256 of the certificate. */
  get fingerprint(): string {
    return this.#peer.fingerprint;
  }

  /** Begins to read. */
  start(): void {
    const { firstByteMs, keepAliveMs } = this.#host.limits;
    this.#socket
      .on("data", (chunk) => this.#receive(chunk))
      .on("end", () => this.#receiveEnd())
      .on("error", (error: Error & { code?: string }) => this.#blame(error.code ?? error.message))
      .setKeepAlive(true, keepAliveMs);
    // A peer may close its side behind its last request and still read the answer.
    this.#socket.allowHalfOpen = true;
    this.#deadline.set(firstByteMs, () => this.drop(`no byte within ${firstByteMs} ms`));
  }

  /** From the next request on the peer is `peer`. */
  reidentify(peer: Identified): void {
    this.#peer = peer;
  }

  /** Ends it now, whatever is under way; the log says why. */
  drop(why: string): void {
    this.#blame(why, true);
    this.#isEnding = true;
    this.#socket.destroy();
  }

  /** Ends it as soon as the request under way, if there is one, is answered. */
  retire(why: string): void {
    this.#blame(why);
    if (this.#isBusy) this.#isEnding = true;
    else this.#finish();
  }

  pause(): void {
    this.#isPaused = true;
    this.#socket.pause();
  }

  resume(): void {
    this.#isPaused = false;
    if (!this.#isBusy) this.#socket.resume();
  }

  #receive(chunk: Buffer): void {
    if (this.#isEnding) return;
    const messages = messagesOf(this.#framer, chunk);
    this.#holdBudget(sizeOf(messages));
    if (messages.length > 0 || this.#framer.refusal) {
      void this.#serveAll(messages).finally(() => chunk.fill(0));
      return;
    }
    chunk.fill(0);
    this.#awaitBody();
  }

  #receiveEnd(): void {
    if (this.#framer.pending > 0) this.#blame("the peer closed it within a request", true);
    this.#isLast = true;
    if (!this.#isBusy) this.#finish();
  }

  async #serveAll(messages: readonly Uint8Array[]): Promise<void> {
    this.#isBusy = true;
    this.#bodySince = undefined;
    this.#socket.pause();
    this.#host.onBusy(this);
    for (const message of messages) {
      if (!this.#isEnding) await this.#serve(message);
      message.fill(0);
    }
    const { refusal } = this.#framer;
    if (refusal !== undefined && !this.#isEnding) await this.#refuse(refusal);
    this.#isBusy = false;
    if (this.#isEnding || this.#isLast) this.#finish();
    else this.#awaitMore();
  }

  async #serve(message: Uint8Array): Promise<void> {
    const { requestMs } = this.#host.limits;
    if (this.#host.clock.now() > this.#peer.goodUntil) return this.drop("the certificate expired");
    this.#requests += 1;
    this.#deadline.set(requestMs, () => this.drop(`no outcome within ${requestMs} ms`));
    const { bytes, close } = await this.#answer(message);
    if (bytes === undefined) return this.drop("the outcome of a request is unknown");
    await this.#write(bytes);
    if (close) {
      this.#blame("a request that cannot be relied on", true);
      this.#isEnding = true;
    }
  }

  /** A defect beyond the server's own handling of defects: nobody knows what was done. */
  async #answer(message: Uint8Array): Promise<Answer> {
    try {
      return await this.#host.answer(message, this.#session());
    } catch (error) {
      this.#host.log("error", "transport.defect", { address: this.address, error });
      return { bytes: undefined, close: true };
    }
  }

  #session(): Session {
    const { user, groups, administrator } = this.#peer;
    return { user, groups, administrator, address: this.address };
  }

  async #refuse(error: TtlvError): Promise<void> {
    this.#blame(error.message, true);
    await this.#write(this.#host.refuse(error));
    this.#isEnding = true;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    const { writeStallMs } = this.#host.limits;
    const stalled = () => this.drop(`no part of an answer taken within ${writeStallMs} ms`);
    await writeAll(this.#socket, bytes, () => this.#deadline.set(writeStallMs, stalled));
    bytes.fill(0);
  }

  #awaitMore(): void {
    this.#holdBudget(0);
    if (this.#framer.pending > 0) this.#awaitBody();
    else this.#awaitRequest();
    if (!this.#isPaused) this.#socket.resume();
  }

  #awaitRequest(): void {
    const { idleMs } = this.#host.limits;
    this.#host.onIdle(this);
    this.#deadline.set(idleMs, () => this.retire(`no request within ${idleMs} ms`));
  }

  #awaitBody(): void {
    const { bodyMs, bodyGraceMs, bodyBytesPerSecondMin } = this.#host.limits;
    const now = this.#host.clock.now();
    this.#bodySince ??= now;
    const paidMs = bodyGraceMs + (this.#framer.pending * 1000) / bodyBytesPerSecondMin;
    const ms = this.#bodySince + Math.min(bodyMs, paidMs) - now;
    const slow = `a request of which ${this.#framer.pending} bytes came is too slow`;
    this.#deadline.set(Math.max(0, ms), () => this.drop(slow));
  }

  #holdBudget(bytes: number): void {
    this.#host.budget.hold(this, this.#socket.destroyed ? 0 : bytes + this.#framer.pending);
  }

  /** Says goodbye, and reads what still comes: bytes left unread would take the answer back from the peer. */
  #finish(): void {
    this.#isEnding = true;
    if (this.#socket.destroyed) return;
    this.#deadline.set(this.#host.limits.lingerMs, () => this.#socket.destroy());
    this.#socket.end();
    this.#socket.resume();
  }

  /** The first reason is the one that counts. */
  #blame(why: string, isFault = false): void {
    if (this.#isEnding) return;
    this.#end = { why, isFault };
  }

  #closed(): void {
    const { why, isFault } = this.#end;
    this.#isEnding = true;
    this.#deadline.clear();
    this.#host.budget.hold(this, 0);
    this.#host.onClosed(this);
    const { address } = this;
    const fields = { address, user: this.#peer.user, requests: this.#requests, why };
    this.#host.log(isFault ? "warn" : "debug", "connection.closed", fields);
  }
}

/** The messages that `chunk` completes; why there are no more stands in the framer's `refusal`. */
function messagesOf(framer: Framer, chunk: Uint8Array): readonly Uint8Array[] {
  try {
    return framer.push(chunk);
  } catch (error) {
    if (error instanceof TtlvError) return [];
    throw error;
  }
}

function sizeOf(messages: readonly Uint8Array[]): number {
  return messages.reduce((sum, { length }) => sum + length, 0);
}

/** An IPv4 address without the prefix that it bears on a socket for both versions. */
export function plainAddress({
  remoteAddress = "",
}: {
  remoteAddress?: string | undefined;
}): string {
  return remoteAddress.replace(/^::ffff:(?=\d+\.)/, "");
}
