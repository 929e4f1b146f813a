import { randomFillSync } from "node:crypto";

/** A source of random bytes; each call gives a fresh array that the caller owns. */
export type Randomness = (bytes: number) => Uint8Array;

/** The operating system's source. Memory of its own, so that wiping it leaves no copy in a shared pool. */
export const systemRandomness: Randomness = (bytes) =>
  randomFillSync(Buffer.allocUnsafeSlow(bytes));
