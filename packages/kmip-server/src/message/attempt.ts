import { type KmipError, tags } from "@akm/kmip-model";
import { encodeRaw, type RawItem } from "@akm/ttlv";
import { changeSetOf } from "../change.ts";
import type { Attempt } from "../commit.ts";
import type { Done, Handler } from "../handler.ts";
import { ResponseTooLarge } from "../response-limit.ts";
import { type ItemWork, recordOf } from "./item-work.ts";
import type { MessageRun } from "./message-run.ts";
import { refusalItem, writeItem } from "./response.ts";

/** How an item ended: its part of the answer, and whether it was refused. */
export interface ItemEnd {
  readonly answer: RawItem;
  readonly refusal: KmipError | undefined;
  /** What the ID Placeholder becomes; `undefined` leaves it. */
  readonly placeholder?: string | null | undefined;
}

/**
 * What one run of a handler comes to: its part of the answer first, because an answer that does not fit changes
 * nothing; then the change, with the audit record in it.
 *
 * @throws ResponseTooLarge
 */
export function attemptOf(
  done: Done<unknown>,
  { work, handler, now }: { work: ItemWork; handler: Handler; now: bigint },
): Attempt<ItemEnd> {
  const { response, change, refusal, placeholder } = done;
  const { core, edition } = work.run;
  const { response: type } = handler.declaration;
  const payload = encodeRaw(tags.ResponsePayload, type, response, { edition });
  const answer = fitting(answerItem(work, payload, refusal), work.run);
  const result = { answer, refusal, placeholder };
  const record = recordOf(work, refusal);
  if (change === undefined) {
    return { result, audit: { record, durability: handler.releasesKey ? "durable" : "soon" } };
  }
  const { nameTaken } = change;
  const changeSet = changeSetOf(change, record, { ...core, now });
  return { result, changeSet, ...(nameTaken === undefined ? {} : { nameTaken }) };
}

function answerItem(
  { echo }: ItemWork,
  responsePayload: RawItem,
  refusal: KmipError | undefined,
): RawItem {
  const item =
    refusal === undefined
      ? writeItem({ ...echo, resultStatus: "Success", responsePayload })
      : refusalItem(refusal, echo, responsePayload);
  responsePayload.bytes.fill(0);
  return item;
}

/** The item, if the answer may grow by it. Throws ResponseTooLarge otherwise. KMIP 1.1 §6.3. */
export function fitting(answer: RawItem, run: MessageRun): RawItem {
  if (run.fits(answer)) return answer;
  answer.bytes.fill(0);
  throw new ResponseTooLarge("the answer is larger than the Maximum Response Size, or than 1 MiB");
}
