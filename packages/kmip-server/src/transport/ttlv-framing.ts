import { tags } from "@akm/kmip-model";
import { createFramer, type Framer, TtlvError } from "@akm/ttlv";
import type { Framing, FramingHost } from "./framing.ts";

/** KMIP's own protocol: one message behind the other. KMIP 1.1 §9.1. */
export function createTtlvFraming({ limits, refuse }: FramingHost): Framing {
  const { messageBytesMax } = limits;
  const framer = createFramer({ tag: tags.RequestMessage, messageBytesMax });
  return {
    push: (chunk) => messagesOf(framer, chunk).map((message) => ({ message, isLast: false })),
    get pending() {
      return framer.pending;
    },
    get unreadable() {
      const { refusal } = framer;
      return refusal && { why: refusal.message, answer: () => refuse(refusal) };
    },
    takeGoAhead: () => undefined,
    wrap: (answer) => answer,
    wipe: () => framer.wipe(),
  };
}

/** The messages that `chunk` completes; why there are no more stands in the framer's `refusal`. */
function messagesOf(framer: Framer, chunk: Uint8Array): readonly Uint8Array[] {
  try {
    return framer.push(chunk);
  } catch (error) {
    if (error instanceof TtlvError) return [];
    throw error;
  }
}
