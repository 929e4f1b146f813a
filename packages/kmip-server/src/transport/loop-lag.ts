import type { Cancel, Clock } from "./clock.ts";

const beatMs = 100;

/** How late the event loop is. */
export interface LoopLag {
  /** Milliseconds; also while the beat that is due has not come. */
  now(): number;
  stop(): void;
}

/** Measures by a beat of its own how late the event loop runs, until it is stopped. */
export function measureLoopLag(clock: Clock): LoopLag {
  let last = clock.now();
  let lag = 0;
  let cancel: Cancel;
  const late = () => Math.max(0, clock.now() - last - beatMs);

  function beat(): void {
    lag = late();
    last = clock.now();
    cancel = clock.after(beatMs, beat);
  }
  cancel = clock.after(beatMs, beat);

  return { now: () => Math.max(lag, late()), stop: () => cancel() };
}
