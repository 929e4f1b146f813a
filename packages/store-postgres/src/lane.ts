/** Callers that wait for their turn, some of them served together. */
export interface Lane<Item> {
  add(item: Item): void;
  /** Resolves once nobody waits and nothing is under way. */
  drained(): Promise<void>;
}

/** How a lane serves. */
export interface LaneOptions<Item> {
  /** Batches under way at the same time, unless some are slow. */
  readonly slots: number;
  /** A batch under way for longer than 50 ms (it may wait for a lock) no longer counts, up to so many; `slots` where it is absent. */
  readonly slotsMax?: number;
  /** How many of the waiting, from the first on, are served next; it may put others in front. At least 1. */
  take(waiting: Item[]): Item[];
  /** Serves a batch; tells each item its own end and never throws. */
  run(batch: readonly Item[]): Promise<void>;
}

const slowMs = 50;

/**
 * Makes a lane. A batch holds only callers that came before it was sent, so what it reads is what stood at their call or later;
 * who comes while it is under way waits for the next.
 */
export function createLane<Item>(options: LaneOptions<Item>): Lane<Item> {
  const { slots, slotsMax = slots, take, run } = options;
  const waiting: Item[] = [];
  let busy = 0;
  let slow = 0;
  let scheduled = false;
  let watchers: (() => void)[] = [];

  function isFull(): boolean {
    return busy >= slotsMax || busy - slow >= slots;
  }

  /** Once the event loop has heard of all that came at this moment: it goes together. */
  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(pulse);
  }

  function pulse(): void {
    scheduled = false;
    while (!isFull() && waiting.length > 0) void serve(take(waiting));
    if (busy > 0 || waiting.length > 0) return;
    for (const watcher of watchers) watcher();
    watchers = [];
  }

  async function serve(batch: readonly Item[]): Promise<void> {
    busy++;
    if (slotsMax > slots) await runWatched(batch);
    else await run(batch);
    busy--;
    schedule();
  }

  async function runWatched(batch: readonly Item[]): Promise<void> {
    let isSlow = false;
    const timer = setTimeout(() => {
      isSlow = true;
      slow++;
      pulse();
    }, slowMs);
    await run(batch);
    clearTimeout(timer);
    if (isSlow) slow--;
  }

  return {
    add(item) {
      waiting.push(item);
      if (!isFull()) schedule();
    },
    drained() {
      if (busy === 0 && waiting.length === 0) return Promise.resolve();
      return new Promise((resolve) => watchers.push(resolve));
    },
  };
}
