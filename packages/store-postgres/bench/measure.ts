import { closeSync, fsyncSync, openSync, rmSync, writeSync } from "node:fs";

/** What a closed loop of callers came to. */
export interface Rate {
  readonly perSecond: number;
  readonly p99Ms: number;
}

/** Lets `callers` call, each again as soon as it has its answer, for `ms` milliseconds. */
export async function loop(
  callers: number,
  ms: number,
  call: () => Promise<unknown>,
): Promise<Rate> {
  const took: number[] = [];
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() - startedAt < ms) {
        const at = performance.now();
        await call();
        took.push(performance.now() - at);
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  took.sort((a, b) => a - b);
  return { perSecond: took.length / seconds, p99Ms: took[Math.floor(took.length * 0.99)] ?? 0 };
}

/** The middle one of several rates. */
export function median(rates: readonly Rate[]): Rate {
  const sorted = [...rates].sort((a, b) => a.perSecond - b.perSecond);
  return sorted[Math.floor(sorted.length / 2)] as Rate;
}

/** Milliseconds of one write and fsync of 8 KB in `file`, the middle of many: commits cannot be read without it. */
export function fsyncMs(file: string): number {
  const handle = openSync(file, "w");
  const took: number[] = [];
  for (let round = 0; round < 100; round++) {
    const at = performance.now();
    writeSync(handle, Buffer.alloc(8192), 0, 8192, 0);
    fsyncSync(handle);
    took.push(performance.now() - at);
  }
  closeSync(handle);
  rmSync(file);
  return took.sort((a, b) => a - b)[50] ?? 0;
}
