import type { TLSSocket } from "node:tls";
import type { AnswerMessage } from "../answer.ts";
import type { Log } from "../log.ts";
import type { Session } from "../session.ts";
import { plainAddress } from "./address.ts";
import type { Guest } from "./admission.ts";
import { createDeadlines, type Deadlines } from "./deadlines.ts";
import type { FramedRequest, Framing, FramingHost, Unreadable } from "./framing.ts";
import type { Identified } from "./identify.ts";
import type { Body, ReceiveBudget } from "./receive-budget.ts";
import { writeAll } from "./write-all.ts";

/** What all connections of a listener share. */
export interface ConnectionHost extends FramingHost {
  readonly answer: AnswerMessage;
  readonly budget: ReceiveBudget;
  readonly log: Log;
  readonly onBusy: (connection: Connection) => void;
  readonly onIdle: (connection: Connection) => void;
  readonly onClosed: (connection: Connection) => void;
}

/** What a connection stands on: a socket that has passed the handshake, who is there, and how its bytes are read. */
export interface Entered {
  readonly socket: TLSSocket;
  readonly peer: Identified;
  readonly framing: Framing;
}

/**
 * One peer: takes its requests one at a time and reads on only when the answer is written. It never looks for the
 * next message behind bytes that are none. What it received and what it sent is wiped: either may hold a key.
 */
export class Connection implements Guest, Body {
  readonly address: string;
  readonly #socket: TLSSocket;
  readonly #host: ConnectionHost;
  readonly #framing: Framing;
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

  constructor({ socket, peer, framing }: Entered, host: ConnectionHost) {
    const { limits, clock } = host;
    this.address = plainAddress(socket);
    this.#socket = socket;
    this.#peer = peer;
    this.#host = host;
    this.#framing = framing;
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
    const requests = this.#isEnding ? [] : this.#framing.push(chunk);
    const wipe = () => {
      for (const bytes of [chunk, ...messagesOf(requests)]) bytes.fill(0);
    };
    if (requests.length > 0 || (this.#framing.unreadable && !this.#isEnding)) {
      void this.#serveAll(requests)
        .catch((error: unknown) => this.#fail(error))
        .finally(wipe);
    } else {
      wipe();
      if (!this.#isEnding) this.#awaitRest();
    }
  }

  #receiveEnd(): void {
    if (this.#framing.pending > 0) this.#blame("the peer closed it within a request", true);
    this.#isLast = true;
    if (!this.#isBusy) this.#finish();
  }

  async #serveAll(requests: readonly FramedRequest[]): Promise<void> {
    this.#isBusy = true;
    this.#socket.pause();
    this.#host.onBusy(this);
    this.#holdBudget(requests);
    for (const request of requests) {
      if (!this.#isEnding) await this.#serve(request);
    }
    const { unreadable } = this.#framing;
    if (unreadable !== undefined && !this.#isEnding) await this.#refuse(unreadable);
    this.#isBusy = false;
    if (this.#isEnding || this.#isLast) this.#finish();
    else this.#awaitMore();
  }

  async #serve({ message, isLast }: FramedRequest): Promise<void> {
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
    else await this.#writeAnswer(bytes, close || isLast || this.#isEnding);
    if (close) this.#lastAnswer("a request that cannot be relied on");
    else if (isLast) this.#lastAnswer("the peer asked for the end", false);
  }

  async #refuse({ why, answer }: Unreadable): Promise<void> {
    await this.#write(answer());
    this.#lastAnswer(why);
  }

  #lastAnswer(why: string, isFault = true): void {
    this.#blame(why, isFault);
    this.#isEnding = true;
  }

  async #writeAnswer(answer: Uint8Array, isLast: boolean): Promise<void> {
    await this.#write(this.#framing.wrap(answer, isLast));
    answer.fill(0);
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
    if (this.#framing.pending > 0) this.#awaitRest();
    else {
      this.#holdBudget();
      this.#host.onIdle(this);
      this.#deadlines.request();
    }
    if (!this.#isPaused) this.#socket.resume();
  }

  #awaitRest(): void {
    const goAhead = this.#framing.takeGoAhead();
    if (goAhead !== undefined) this.#socket.write(goAhead);
    this.#holdBudget();
    this.#deadlines.rest(this.#framing.pending);
  }

  #holdBudget(requests: readonly FramedRequest[] = []): void {
    const bytes = messagesOf(requests).reduce(
      (sum, { length }) => sum + length,
      this.#framing.pending,
    );
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
    this.#framing.wipe();
    this.#host.budget.hold(this, 0);
    this.#host.onClosed(this);
    const fields = { address: this.address, user: this.#peer.user, requests: this.#requests, why };
    this.#host.log(isFault ? "warn" : "debug", "connection.closed", fields);
  }
}

function messagesOf(requests: readonly FramedRequest[]): readonly Uint8Array[] {
  return requests.map(({ message }) => message);
}
