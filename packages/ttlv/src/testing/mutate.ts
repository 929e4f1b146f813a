/** A copy of `bytes` with these bits turned; bit 0 is the lowest of the first byte. Bits beyond the end are passed over. */
export function flipBits(bytes: Uint8Array, bits: readonly number[]): Uint8Array {
  const flipped = Uint8Array.from(bytes);
  for (const bit of bits) {
    const byte = flipped[bit >>> 3];
    if (byte !== undefined) flipped[bit >>> 3] = byte ^ (1 << (bit & 7));
  }
  return flipped;
}

/** A copy of `bytes` in which `removed` bytes at `at` have given way to `inserted`. */
export function splice(
  bytes: Uint8Array,
  at: number,
  { removed = 0, inserted = [] }: { removed?: number; inserted?: Iterable<number> },
): Uint8Array {
  return Uint8Array.from([...bytes.subarray(0, at), ...inserted, ...bytes.subarray(at + removed)]);
}
