import type { Clock } from "@akm/kmip-server";
import { vi } from "vitest";

/** A clock that a test moves by hand. */
export interface HandClock extends Clock {
  /** Moves on by `ms`; every timer that is due on the way fires at its own time. */
  advance(ms: number): void;
  /** Waits until somebody waits for the moment `ms` from now. */
  awaited(ms: number): Promise<void>;
}

/** A clock that stands at this moment, so that certificates are valid. */
export function createHandClock(): HandClock {
  const timers = new Set<{ readonly at: number; fire(): void }>();
  let now = Date.now();
  return {
    now: () => now,
    after(ms, fire) {
      const timer = { at: now + ms, fire };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const end = now + ms;
      const due = () => [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      for (let timer = due(); timer !== undefined; timer = due()) {
        now = timer.at;
        timers.delete(timer);
        timer.fire();
      }
      now = end;
    },
    async awaited(ms) {
      await vi.waitUntil(() => [...timers].some(({ at }) => at === now + ms), {
        interval: 5,
        timeout: 30_000,
      });
    },
  };
}
