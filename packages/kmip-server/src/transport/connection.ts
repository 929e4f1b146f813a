import type { TLSSocket } from "node:tls";
import { tags } from "@akm/kmip-model";
import { createFramer, type Framer, TtlvError } from "@akm/ttlv";
import type { AnswerMessage } from "../answer.ts";
import type { Log } from "../log.ts";
import type { Session } from "../session.ts";
import { plainAddress } from "./address.ts";
import type { Guest } from "./admission.ts";
import type { Clock } from "./clock.ts";
import { createDeadlines, type Deadlines } from "./deadlines.ts";
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
  readonly #socket: TLSSocket;
  readonly #host: ConnectionHost;
  readonly #framer: Framer;
  readonly #deadlines: Deadlines;
  #peer: Identified;
  #requests = 0;
  #isBusy = false;
  /** Waits for budget. */
  #isPaused = false;
  /** The peer sends no more. */
  #isLast = false;
  /** Takes up no more. */
  #isEnding = false;
  #end = { why: "the peer closed it", isFault: false };

  constructor(socket: TLSSocket, peer: Identified, host: ConnectionHost) {
    const { limits, clock } = host;
    this.address = plainAddress(socket);
    this.#socket = socket;
    this.#peer = peer;
    this.#host = host;
    this.#framer = createFramer({
      tag: tags.RequestMessage,
      messageBytesMax: limits.messageBytesMax,
    });
    this.#deadlines = createDeadlines({
      limits,
      clock,
      onLate: (why) => this.drop(why),
      onIdle: (why) => this.retire(why),
    });
  }

  /** SHA-256 of the certificate. */
  get fingerprint(): string {
    return this.#peer.fingerprint;
  }

  /** Begins to read. */
  start(): void {
    this.#socket
      .on("data", (chunk) => this.#receive(chunk))
      .on("end", () => this.#receiveEnd())
      .on("error", (error: Error & { code?: string }) => this.#blame(error.code ?? error.message))
      .on("close", () => this.#tellClosed())
      .setKeepAlive(true, this.#host.limits.keepAliveMs);
    // A peer may close its side behind its last request and still read the answer.
    this.#socket.allowHalfOpen = true;
    this.#deadlines.firstByte();
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

  /** Resolves when it has ended. */
  ended(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#socket.closed) resolve();
      else this.#socket.once("close", () => resolve());
    });
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
    const messages = this.#isEnding ? [] : messagesOf(this.#framer, chunk);
    const wipe = () => {
      for (const bytes of [chunk, ...messages]) bytes.fill(0);
    };
    if (messages.length > 0 || (this.#framer.refusal && !this.#isEnding)) {
      void this.#serveAll(messages)
        .catch((error: unknown) => this.#fail(error))
        .finally(wipe);
    } else {
      wipe();
      if (!this.#isEnding) this.#awaitRest();
    }
  }

  #receiveEnd(): void {
    if (this.#framer.pending > 0) this.#blame("the peer closed it within a request", true);
    this.#isLast = true;
    if (!this.#isBusy) this.#finish();
  }

  async #serveAll(messages: readonly Uint8Array[]): Promise<void> {
    this.#isBusy = true;
    this.#socket.pause();
    this.#host.onBusy(this);
    this.#holdBudget(messages);
    for (const message of messages) {
      if (!this.#isEnding) await this.#serve(message);
    }
    const { refusal } = this.#framer;
    if (refusal !== undefined && !this.#isEnding) await this.#refuse(refusal);
    this.#isBusy = false;
    if (this.#isEnding || this.#isLast) this.#finish();
    else this.#awaitMore();
  }

  async #serve(message: Uint8Array): Promise<void> {
    if (this.#host.clock.now() > this.#peer.goodUntil) {
      this.drop("the certificate expired");
      return;
    }
    this.#requests += 1;
    this.#deadlines.outcome();
    const { user, groups, administrator } = this.#peer;
    const session: Session = { user, groups, administrator, address: this.address };
    const { bytes, close } = await this.#host.answer(message, session);
    if (bytes === undefined) this.drop("the outcome of a request is unknown");
    else await this.#write(bytes);
    if (close) this.#lastAnswer("a request that cannot be relied on");
  }

  async #refuse(error: TtlvError): Promise<void> {
    await this.#write(this.#host.refuse(error));
    this.#lastAnswer(error.message);
  }

  #lastAnswer(why: string): void {
    this.#blame(why, true);
    this.#isEnding = true;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    await writeAll(this.#socket, bytes, () => this.#deadlines.taking());
    bytes.fill(0);
  }

  /** A defect beyond the server's own handling of defects: nobody knows what was done. */
  #fail(error: unknown): void {
    this.#host.log("error", "transport.defect", { address: this.address, error });
    this.drop("a defect");
  }

  #awaitMore(): void {
    if (this.#framer.pending > 0) this.#awaitRest();
    else {
      this.#holdBudget();
      this.#host.onIdle(this);
      this.#deadlines.request();
    }
    if (!this.#isPaused) this.#socket.resume();
  }

  #awaitRest(): void {
    this.#holdBudget();
    this.#deadlines.rest(this.#framer.pending);
  }

  #holdBudget(messages: readonly Uint8Array[] = []): void {
    const bytes = messages.reduce((sum, { length }) => sum + length, this.#framer.pending);
    this.#host.budget.hold(this, bytes);
  }

  /** Says goodbye, and reads what still comes: bytes left unread would take the answer back from the peer. */
  #finish(): void {
    this.#isEnding = true;
    if (this.#socket.destroyed) return;
    this.#deadlines.goodbye();
    this.#socket.end();
    this.#socket.resume();
  }

  /** What is said once it has begun to end is a consequence, not the reason. */
  #blame(why: string, isFault = false): void {
    if (!this.#isEnding) this.#end = { why, isFault };
  }

  #tellClosed(): void {
    const { why, isFault } = this.#end;
    this.#isEnding = true;
    this.#deadlines.clear();
    this.#framer.wipe();
    this.#host.budget.hold(this, 0);
    this.#host.onClosed(this);
    const fields = { address: this.address, user: this.#peer.user, requests: this.#requests, why };
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
