/** Numbers that look random and are the same ones for the same seed. */
export interface Random {
  /** From 0 to `count` - 1. */
  below(count: number): number;
  pick<T>(list: readonly T[]): T;
  /** True once in so many times. */
  oneIn(count: number): boolean;
  bytes(count: number): Uint8Array;
}

/** A source of such numbers: mulberry32. The seed is an integer of 32 bits. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  const below = (count: number): number => next() % count;
  return {
    below,
    pick: (list) => list[below(list.length)] as (typeof list)[number],
    oneIn: (count) => below(count) === 0,
    bytes: (count) => Uint8Array.from({ length: count }, () => below(256)),
  };
}
