import { tags } from "@akm/kmip-model";
import type { Item } from "@akm/ttlv";
import type { PlayedStep } from "../play/played.ts";
import { batchItemsOf, memberOf, memberText } from "../xml/members.ts";

/** A request item and its answer, with the messages that they came in. */
export interface Seen {
  readonly request: Item;
  readonly answer: Item;
  /** Of the request. */
  readonly operation: string;
  readonly requestItem: Item;
  readonly answerItem: Item;
  readonly isSuccess: boolean;
  /** The payload of the answer, `undefined` where it has none. */
  readonly payload: Item | undefined;
}

/** What was seen in a step: each request item with the answer item in its place, where there is one. */
export function seenIn({ request, answer }: PlayedStep): readonly Seen[] {
  if (request === undefined || answer === undefined) return [];
  const answerItems = batchItemsOf(answer);
  return batchItemsOf(request).flatMap((requestItem, index) => {
    const answerItem = answerItems[index];
    if (answerItem === undefined) return [];
    return {
      request,
      answer,
      operation: memberText(requestItem, tags.Operation) ?? "",
      requestItem,
      answerItem,
      isSuccess: memberText(answerItem, tags.ResultStatus) === "Success",
      payload: memberOf(answerItem, tags.ResponsePayload),
    };
  });
}
