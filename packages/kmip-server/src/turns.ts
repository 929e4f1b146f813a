/** Runs work for the same key one after the other. */
export interface Turns {
  /** Runs `work` once all earlier work for `key` has ended. */
  take<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** Turns within one process; between servers the store's versions decide. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    async take(key, work) {
      const before = last.get(key) ?? Promise.resolve();
      const mine = before.then(work, work);
      last.set(key, mine);
      try {
        return await mine;
      } finally {
        if (last.get(key) === mine) last.delete(key);
      }
    },
  };
}
