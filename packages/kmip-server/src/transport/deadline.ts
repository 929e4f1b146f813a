import type { Cancel, Clock } from "./clock.ts";

/** One moment at which something must have happened: a connection waits for one thing at a time. */
export interface Deadline {
  /** Replaces what was set before. An infinite wait never ends. */
  set(ms: number, expire: () => void): void;
  clear(): void;
}

/** A deadline that is not set. */
export function createDeadline(clock: Clock): Deadline {
  let cancel: Cancel | undefined;
  function clear(): void {
    cancel?.();
    cancel = undefined;
  }
  return {
    set(ms, expire) {
      clear();
      if (ms !== Number.POSITIVE_INFINITY) cancel = clock.after(ms, expire);
    },
    clear,
  };
}
