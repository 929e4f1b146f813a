import { getHeapStatistics } from "node:v8";

/** What an execution may allocate, garbage counted: so many bytes for each byte of input, and so many anyway. */
export interface Allowance {
  readonly perByte: number;
  readonly anyway: number;
}

/** What executions cost. */
export interface Meter {
  /**
   * Runs `act` on `bytes`. One that takes too long, or allocates too much, runs again twice: the machine may have been
   * busy, or its memory been tidied up.
   *
   * @throws Error where it is too much every time
   */
  measure<T>(bytes: Uint8Array, act: () => T | Promise<T>): Promise<T>;
  /** By the clock, so that a busy machine shows in it. */
  readonly slowestMs: number;
  /** Bytes; of those that were measured. */
  readonly allocatedMax: number;
}

const hangMs = 50;
const repeats = 2;
/** One execution in so many has its memory measured. */
const memoryOneIn = 16;

/** A meter at its beginning. */
export function createMeter({ perByte, anyway }: Allowance): Meter {
  let slowestMs = 0;
  let allocatedMax = 0;
  let runs = 0;

  /** Runs it again, by the processor's time; `undefined` as soon as it was not too much. */
  async function faultAgain(bytes: Uint8Array, act: () => unknown): Promise<string | undefined> {
    let fault: string | undefined;
    for (let left = repeats; left > 0; left -= 1) {
      const heldBefore = heldBytes();
      const before = process.cpuUsage();
      await act();
      const { user, system } = process.cpuUsage(before);
      fault = faultOf(bytes, (user + system) / 1000, heldBytes() - heldBefore);
      if (fault === undefined) return undefined;
    }
    return fault;
  }

  function faultOf(bytes: Uint8Array, tookMs: number, allocated: number): string | undefined {
    if (tookMs > hangMs) return `took ${Math.round(tookMs)} ms`;
    return allocated > perByte * bytes.length + anyway ? `allocated ${allocated} bytes` : undefined;
  }

  return {
    async measure(bytes, act) {
      const isMeasured = runs++ % memoryOneIn === 0;
      const heldBefore = isMeasured ? heldBytes() : 0;
      const begun = performance.now();
      const result = await act();
      const tookMs = performance.now() - begun;
      const allocated = isMeasured ? heldBytes() - heldBefore : 0;
      slowestMs = Math.max(slowestMs, tookMs);
      allocatedMax = Math.max(allocatedMax, allocated);
      if (faultOf(bytes, tookMs, allocated) === undefined) return result;
      const fault = await faultAgain(bytes, act);
      if (fault !== undefined) throw new Error(`${fault}, again and again`);
      return result;
    },
    get slowestMs() {
      return slowestMs;
    },
    get allocatedMax() {
      return allocatedMax;
    },
  };
}

function heldBytes(): number {
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
}
