import { setTimeout as delay } from "node:timers/promises";

const pauseMs = 60_000;

/**
 * Calls `round` at once and then a minute after each end, one at a time: keys that came due while no server ran are
 * rolled at the start.
 *
 * @returns what ends it, after the round under way
 */
export function startRounds(round: () => Promise<unknown>): () => Promise<void> {
  const over = new AbortController();
  const rounds = makeRounds(round, over.signal);
  return () => {
    over.abort();
    return rounds;
  };
}

async function makeRounds(round: () => Promise<unknown>, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    await round();
    await delay(pauseMs, undefined, { signal: over }).catch(() => undefined);
  }
}
