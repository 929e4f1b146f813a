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
  const header = new Uint8Array(headerBytes);
  let pending = 0;
  let body: Gatherer | undefined;
  let refusal: TtlvError | undefined;

  /** Takes from the front of `chunk` what belongs to the message under way; `message` once that is whole. */
  function take(chunk: Uint8Array): Taken {
    return body === undefined ? takeHeader(chunk) : takeBody(body, chunk, 0);
  }

  function takeHeader(chunk: Uint8Array): Taken {
    const before = pending;
    const part = chunk.subarray(0, headerBytes - before);
    header.set(part, before);
    pending += part.length;
    refusal = headerFault(header, pending, options);
    if (refusal !== undefined || pending < headerBytes) return { taken: part.length };
    const size = sizeOf(header);
    if (before === 0 && size <= chunk.length) {
      pending = 0;
      return { taken: size, message: chunk.subarray(0, size) };
    }
    body = createGatherer(size);
    body.add(header);
    return takeBody(body, chunk, part.length);
  }

  function takeBody(gatherer: Gatherer, chunk: Uint8Array, from: number): Taken {
    const count = gatherer.add(chunk.subarray(from));
    pending += count;
    if (!gatherer.isWhole) return { taken: from + count };
    pending = 0;
    body = undefined;
    return { taken: from + count, message: gatherer.bytes() };
  }

  return {
    push(chunk) {
      const messages: Uint8Array[] = [];
      for (let at = 0; at < chunk.length && refusal === undefined; ) {
        const { taken, message } = take(chunk.subarray(at));
        if (message !== undefined) messages.push(message);
        at += taken;
      }
      if (refusal !== undefined && messages.length === 0) throw refusal;
      return messages;
    },
    wipe: () => body?.wipe(),
    get pending() {
      return pending;
    },
    get refusal() {
      return refusal;
    },
  };
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
