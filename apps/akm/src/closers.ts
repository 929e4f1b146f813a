/** Things that have to be closed, the last opened first. */
export interface Closers {
  add(close: () => Promise<void> | void): void;
  /** Closes all of them, also where one fails. @throws the first failure */
  close(): Promise<void>;
}

/** Collects what has to be closed. */
export function createClosers(): Closers {
  const all: (() => Promise<void> | void)[] = [];
  return {
    add: (close) => void all.push(close),
    async close() {
      const failures: unknown[] = [];
      for (let close = all.pop(); close !== undefined; close = all.pop()) {
        try {
          await close();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
