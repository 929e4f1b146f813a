import { setTimeout as delay } from "node:timers/promises";

/** Tries at the most. */
export const triesMax = 5;

/** Milliseconds to wait before the next try: 10 to 500, longer each time, and never the same for two rivals. */
export function jitterMs(tries: number): number {
  return Math.min(500, 10 + Math.random() * 25 * 2 ** tries);
}

/** Runs `work` until it succeeds, as long as its error may pass, five times at the most; throws its last error. */
export async function retry<T>(
  work: () => Promise<T>,
  mayPass: (error: unknown) => boolean,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === triesMax || !mayPass(error)) throw error;
      await delay(jitterMs(tries));
    }
  }
}
