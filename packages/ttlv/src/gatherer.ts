/** Bytes taken at once for an unfinished message: memory never exceeds what was received by more. */
const blockBytes = 64 * 1024;

/** One message being put together from pieces. */
export interface Gatherer {
  /** Takes what still belongs to the message from the front of `piece`; returns how many bytes that was. */
  add(piece: Uint8Array): number;
  readonly isWhole: boolean;
  /** The bytes of a whole message, in a buffer of their own; nothing of them stays here. */
  bytes(): Uint8Array;
  /** Overwrites what came so far. */
  wipe(): void;
}

/**
 * Gathers a message of `size` bytes. The size is only a claim, so memory is taken block by block as bytes arrive;
 * each byte is copied at most twice.
 */
export function createGatherer(size: number): Gatherer {
  const blocks: Uint8Array[] = [];
  let filled = 0;

  /** The free end of the last block; a new block where there is none. */
  function room(): Uint8Array {
    const inBlock = filled % blockBytes;
    if (inBlock === 0) blocks.push(new Uint8Array(Math.min(blockBytes, size - filled)));
    return (blocks.at(-1) as Uint8Array).subarray(inBlock);
  }

  return {
    add(piece) {
      let taken = 0;
      while (taken < piece.length && filled < size) {
        const free = room();
        const part = piece.subarray(taken, taken + free.length);
        free.set(part);
        taken += part.length;
        filled += part.length;
      }
      return taken;
    },
    get isWhole() {
      return filled === size;
    },
    bytes() {
      if (blocks.length === 1) return blocks[0] as Uint8Array;
      const bytes = joined(blocks, size);
      wipe(blocks);
      return bytes;
    },
    wipe: () => wipe(blocks),
  };
}

function wipe(blocks: readonly Uint8Array[]): void {
  for (const block of blocks) block.fill(0);
}

function joined(blocks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const block of blocks) {
    bytes.set(block, at);
    at += block.length;
  }
  return bytes;
}
