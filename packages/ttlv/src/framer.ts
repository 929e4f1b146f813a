import { TtlvError, tagText } from "./error.ts";
import { createGatherer, type Gatherer } from "./gatherer.ts";
import { headerBytes, itemTypes } from "./item.ts";

/** What messages a framer cuts out. */
export interface FramerOptions {
  /** The tag that each message begins with. */
  readonly tag: number;
  /** Header included; a longer message is refused at its header. */
  readonly messageBytesMax: number;
}

/** Cuts whole messages out of a stream of chunks. */
export interface Framer {
  /**
   * The messages that this chunk completes. One that lies wholly in the chunk is a view on it.
   *
   * @throws TtlvError `BadTag`, `BadType`, `BadLength`, `TooLong` as soon as the byte that shows it is there. When
   *   whole messages stand before it in the same chunk, they are given and the next call throws; `refusal` tells at
   *   once. After an error every call throws it: nobody knows any more where a message begins.
   */
  push(chunk: Uint8Array): readonly Uint8Array[];
  /** Bytes of the unfinished message. */
  readonly pending: number;
  /** Overwrites what came of the unfinished message, for a stream that ends within it. Nothing may be pushed afterwards. */
  wipe(): void;
  /** Why no further message will come, once the stream is broken. */
  readonly refusal: TtlvError | undefined;
}

/** A framer at the start of a stream. Its work is linear in the bytes, however they are cut. */
export function createFramer(options: FramerOptions): Framer {
  return new StreamFramer(options);
}

/** Owns the bytes of the message under way. */
class StreamFramer implements Framer {
  readonly #options: FramerOptions;
  readonly #header = new Uint8Array(headerBytes);
  #pending = 0;
  #body: Gatherer | undefined;
  #refusal: TtlvError | undefined;

  constructor(options: FramerOptions) {
    this.#options = options;
  }

  get pending(): number {
    return this.#pending;
  }

  get refusal(): TtlvError | undefined {
    return this.#refusal;
  }

  push(chunk: Uint8Array): readonly Uint8Array[] {
    const messages: Uint8Array[] = [];
    for (let at = 0; at < chunk.length && this.#refusal === undefined; ) {
      const { taken, message } = this.#take(chunk.subarray(at));
      if (message !== undefined) messages.push(message);
      at += taken;
    }
    if (this.#refusal !== undefined && messages.length === 0) throw this.#refusal;
    return messages;
  }

  wipe(): void {
    this.#body?.wipe();
  }

  /** Takes from the front of `chunk` what belongs to the message under way; `message` once that is whole. */
  #take(chunk: Uint8Array): Taken {
    return this.#body === undefined
      ? this.#takeHeader(chunk)
      : this.#takeBody(this.#body, chunk, 0);
  }

  #takeHeader(chunk: Uint8Array): Taken {
    const before = this.#pending;
    const part = chunk.subarray(0, headerBytes - before);
    this.#header.set(part, before);
    this.#pending += part.length;
    this.#refusal = headerFault(this.#header, this.#pending, this.#options);
    if (this.#refusal !== undefined || this.#pending < headerBytes) return { taken: part.length };
    const size = sizeOf(this.#header);
    if (before === 0 && size <= chunk.length) {
      this.#pending = 0;
      return { taken: size, message: chunk.subarray(0, size) };
    }
    this.#body = createGatherer(size);
    this.#body.add(this.#header);
    return this.#takeBody(this.#body, chunk, part.length);
  }

  #takeBody(gatherer: Gatherer, chunk: Uint8Array, from: number): Taken {
    const count = gatherer.add(chunk.subarray(from));
    this.#pending += count;
    if (!gatherer.isWhole) return { taken: from + count };
    this.#pending = 0;
    this.#body = undefined;
    return { taken: from + count, message: gatherer.bytes() };
  }
}

interface Taken {
  readonly taken: number;
  readonly message?: Uint8Array;
}

function sizeOf(header: Uint8Array): number {
  return headerBytes + new DataView(header.buffer, header.byteOffset).getUint32(4);
}

/** What is wrong with the first `count` bytes of a header. Bytes yet to come count as 0 in its length. */
function headerFault(
  header: Uint8Array,
  count: number,
  { tag, messageBytesMax }: FramerOptions,
): TtlvError | undefined {
  for (let i = 0; i < Math.min(count, 3); i++) {
    if (header[i] !== ((tag >>> (16 - 8 * i)) & 0xff)) {
      return new TtlvError("BadTag", `no tag ${tagText(tag)}`, { offset: i });
    }
  }
  if (count > 3 && header[3] !== itemTypes.Structure) {
    return new TtlvError("BadType", `type ${header[3]}, wanted a Structure`, { offset: 3 });
  }
  if (count <= 4) return undefined;
  const size = sizeOf(header.fill(0, count));
  if (size > messageBytesMax) {
    const least = count < headerBytes ? "at least " : "";
    const text = `${least}${size} bytes, at most ${messageBytesMax} are read`;
    return new TtlvError("TooLong", text, { offset: 4 });
  }
  if (count === headerBytes && size % 8 !== 0) {
    const text = `length ${size - headerBytes}, a Structure wants a multiple of 8`;
    return new TtlvError("BadLength", text, { offset: 4 });
  }
  return undefined;
}
