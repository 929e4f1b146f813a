import { type CallOptions, withinDeadline } from "./deadline.ts";
import { type Asking, type Link, reads } from "./link.ts";
import { type Exchanged, readAnswer } from "./read-answer.ts";
import { abortError } from "./transport-error.ts";
import { writeRequest } from "./write-request.ts";

/**
 * Asks for these operations in one message.
 *
 * @throws TtlvError for a payload that cannot be written, TransportError where no answer came, ProtocolError for an
 * answer that is none
 */
export async function exchange(
  link: Link,
  items: readonly Asking[],
  options: CallOptions = {},
): Promise<Exchanged> {
  const message = writeRequest(items, link);
  const retry = items.every(({ operation }) => reads.has(operation.name)) ? "once" : "never";
  const answer = await withinDeadline({ timeoutMs: link.timeoutMs, ...options }, (signal) => {
    if (signal.aborted) throw abortError(signal, "no");
    return link.transport(message, { signal, retry });
  });
  return readAnswer(answer, items, link);
}
