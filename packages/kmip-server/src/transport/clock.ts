/** Stops a timer that has not fired yet. */
export type Cancel = () => void;

/** Time as the transport sees it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `fire` once, `ms` from now. */
  after(ms: number, fire: () => void): Cancel;
}

/** The machine's clock; its timers keep no process alive. */
export const systemClock: Clock = {
  now: Date.now,
  after(ms, fire) {
    const timer = setTimeout(fire, ms).unref();
    return () => clearTimeout(timer);
  },
};
