import type { Cancel, Clock } from "./clock.ts";
import type { TransportLimits } from "./limits.ts";

/** What a connection waits for: one thing at a time, so that each call replaces the wait before it. */
export interface Deadlines {
  firstByte(): void;
  /** The next request. */
  request(): void;
  /** The rest of a request of which `receivedBytes` are there; its time runs from the first call. */
  rest(receivedBytes: number): void;
  /** What a whole request comes to. */
  outcome(): void;
  /** That the peer takes a part of an answer. */
  taking(): void;
  /** That the peer goes, too. */
  goodbye(): void;
  /** Nothing any more. */
  clear(): void;
}

/** What `createDeadlines` wants to know. */
export interface DeadlinesOptions {
  readonly limits: TransportLimits;
  readonly clock: Clock;
  /** Called when the wait was too long. */
  onLate(why: string): void;
  /** Called when no request came, which is no fault. */
  onIdle(why: string): void;
}

/** The deadlines of one connection, none of them running. An infinite limit never ends. */
export function createDeadlines({ limits, clock, onLate, onIdle }: DeadlinesOptions): Deadlines {
  let cancel: Cancel | undefined;
  let restSince: number | undefined;

  function wait(ms: number, why: string, expire = onLate): void {
    cancel?.();
    cancel = ms === Number.POSITIVE_INFINITY ? undefined : clock.after(ms, () => expire(why));
  }

  return {
    firstByte: () => wait(limits.firstByteMs, `no byte within ${limits.firstByteMs} ms`),
    request: () => wait(limits.idleMs, `no request within ${limits.idleMs} ms`, onIdle),
    rest(receivedBytes) {
      const now = clock.now();
      restSince ??= now;
      // Each byte buys time, but none beyond the absolute limit.
      const boughtMs = (receivedBytes * 1000) / limits.bodyBytesPerSecondMin;
      const ms = restSince + Math.min(limits.bodyMs, limits.bodyGraceMs + boughtMs) - now;
      wait(Math.max(0, ms), `a request of which ${receivedBytes} bytes came is too slow`);
    },
    outcome() {
      restSince = undefined;
      wait(limits.requestMs, `no outcome within ${limits.requestMs} ms`);
    },
    taking: () =>
      wait(limits.writeStallMs, `no part of an answer taken within ${limits.writeStallMs} ms`),
    goodbye: () => wait(limits.lingerMs, `no goodbye within ${limits.lingerMs} ms`),
    clear: () => cancel?.(),
  };
}
