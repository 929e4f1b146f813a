import { KmipError, type RequestHeader } from "@akm/kmip-model";
import type { RawItem } from "@akm/ttlv";
import { type Core, timeStampNow } from "../core.ts";
import { ResponseTooLarge, responseBytesMax } from "../response-limit.ts";
import type { Session } from "../session.ts";
import type { Incoming } from "./incoming.ts";
import { runItem } from "./item.ts";
import type { MessageRun } from "./message-run.ts";
import { echoOf, refusalItem, responseOverheadBytes, writeResponse } from "./response.ts";

/** What `runBatch` runs. */
export interface BatchInput {
  readonly core: Core;
  readonly session: Session;
  readonly incoming: Incoming;
  readonly header: RequestHeader;
}

/**
 * Runs the items in order, each a change of its own, until one fails; what was done before stays done. An answer that
 * would outgrow its limit becomes one refusal. KMIP 1.1 §6.13, §6.3.
 *
 * @throws OutcomeUnknown
 */
export async function runBatch({
  core,
  session,
  incoming,
  header,
}: BatchInput): Promise<Uint8Array> {
  const { version, edition, unknownFields, items } = incoming;
  const answers: RawItem[] = [];
  const limit = Math.min(header.maximumResponseSize ?? responseBytesMax, responseBytesMax);
  let size = responseOverheadBytes;
  const fits = (item: RawItem): boolean => size + item.bytes.length <= limit;
  const run: MessageRun = {
    core,
    session,
    version,
    edition,
    unknownFields,
    fits,
    placeholder: undefined,
  };
  try {
    for (const item of items) {
      const { answer, refusal, placeholder } = await runItem(item, run);
      answers.push(answer);
      size += answer.bytes.length;
      if (placeholder !== undefined) run.placeholder = placeholder ?? undefined;
      if (refusal !== undefined) break;
    }
    return writeResponse(version, timeStampNow(core), answers);
  } catch (error) {
    for (const { bytes } of answers) bytes.fill(0);
    if (!(error instanceof ResponseTooLarge)) throw error;
    const [first] = items;
    const echo = items.length === 1 && first !== undefined ? echoOf(first) : {};
    const refusal = new KmipError("ResponseTooLarge", error.message);
    return writeResponse(version, timeStampNow(core), [refusalItem(refusal, echo)]);
  }
}
