/** Callers that wait for their turn, some of them served together. */
export interface Lane<Item> {
  add(item: Item): void;
  /** Resolves once nobody waits and nothing is under way. */
  drained(): Promise<void>;
}

/** How a lane serves. */
export interface LaneOptions<Item> {
  /** Batches under way at the same time, at the most. */
  readonly slots: number;
  /** How many of the waiting, from the first on, are served next; it may put others in front. At least 1. */
  take(waiting: Item[]): Item[];
  /** Serves a batch; tells each item its own end and never throws. */
  run(batch: readonly Item[]): Promise<void>;
}

/**
 * Makes a lane. A batch holds only callers that came before it was sent, so what it reads is what stood at their call or later;
 * who comes while it is under way waits for the next.
 */
export function createLane<Item>({ slots, take, run }: LaneOptions<Item>): Lane<Item> {
  const waiting: Item[] = [];
  let busy = 0;
  let scheduled = false;
  let watchers: (() => void)[] = [];

  function pulse(): void {
    scheduled = false;
    while (busy < slots && waiting.length > 0) {
      busy++;
      run(take(waiting)).finally(() => {
        busy--;
        pulse();
      });
    }
    if (busy > 0 || waiting.length > 0) return;
    for (const watcher of watchers) watcher();
    watchers = [];
  }

  return {
    add(item) {
      waiting.push(item);
      if (scheduled || busy >= slots) return;
      scheduled = true;
      queueMicrotask(pulse);
    },
    drained() {
      if (busy === 0 && waiting.length === 0) return Promise.resolve();
      return new Promise((resolve) => watchers.push(resolve));
    },
  };
}
