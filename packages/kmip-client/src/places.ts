import { abortError } from "./transport-error.ts";

/** A number of places; who finds none free waits, first come, first served. */
export interface Places {
  /**
   * Waits for a place and gives back how to leave it, which is to be called once.
   *
   * @throws TransportError when the signal aborts first
   */
  enter(signal: AbortSignal): Promise<() => void>;
}

/** `count` places, all free. Throws RangeError for less than one. */
export function createPlaces(count: number): Places {
  if (!(count >= 1)) throw new RangeError(`${count} places, at least 1 is wanted`);
  const waiting = new Set<() => void>();
  let free = count;

  function leave(): void {
    const [next] = waiting;
    if (next === undefined) free++;
    else next();
  }

  return {
    async enter(signal) {
      if (free > 0) free--;
      else await turn(waiting, signal);
      return leave;
    },
  };
}

/** Waits in the queue until called. */
function turn(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const called = () => {
    waiting.delete(called);
    signal.removeEventListener("abort", aborted);
    resolve();
  };
  const aborted = () => {
    waiting.delete(called);
    reject(abortError(signal, "no"));
  };
  waiting.add(called);
  signal.addEventListener("abort", aborted, { once: true });
  return promise;
}
