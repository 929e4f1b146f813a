import type { Framing, FramingHost } from "../framing.ts";
import { RequestReader } from "./request-reader.ts";
import { goAhead, writeFault, writeResponse } from "./response.ts";

/**
 * KMIP over HTTP/1.1: each message is the body of a POST. KMIP Additional Message Encodings 1.0 §2.
 *
 * It is read here, not by Node: so every connection, whatever it speaks, has the same order, deadlines, budget and
 * goodbye (`docs/decisions/0005`). Little is read (no chunks, no upgrade), and whatever is in doubt ends it.
 */
export function createHttpFraming({ limits, clock }: FramingHost): Framing {
  const reader = new RequestReader(limits.messageBytesMax);
  return {
    push: (chunk) => reader.push(chunk),
    get pending() {
      return reader.pending;
    },
    get unreadable() {
      const { fault } = reader;
      if (fault === undefined) return undefined;
      const why = `HTTP ${fault.status}: ${fault.why}`;
      return { why, answer: () => writeFault(fault, clock.now()) };
    },
    takeGoAhead: () => (reader.takeExpectation() ? goAhead() : undefined),
    wrap: (answer, isLast) => writeResponse({ answer, isLast, now: clock.now() }),
    wipe: () => reader.wipe(),
  };
}
