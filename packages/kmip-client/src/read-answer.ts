import {
  type OperationDeclaration,
  type ResponseBatchItem,
  responseMessage,
  tags,
} from "@akm/kmip-model";
import { decode, decodeRaw, type ValueOf } from "@akm/ttlv";
import { failureOf, type KmipFailure } from "./kmip-failure.ts";
import { type Asking, type Link, versionText } from "./link.ts";
import { ProtocolError, reading } from "./protocol-error.ts";
import { itemId } from "./write-request.ts";

/** What a message brought: the answers of the items in order, up to the one that failed. */
export interface Exchanged {
  readonly results: readonly unknown[];
  readonly failure: KmipFailure | undefined;
}

type ResponseMessage = ValueOf<typeof responseMessage>;

/**
 * Reads the answer to these items, strictly: version, count, identifiers, operations and payloads must be those of
 * the request. KMIP 1.1 §6, §7.
 *
 * @throws ProtocolError for anything else
 */
export function readAnswer(bytes: Uint8Array, asked: readonly Asking[], link: Link): Exchanged {
  const { edition } = link;
  const message = reading(() => decode(tags.ResponseMessage, responseMessage, bytes, { edition }));
  const refusal = wholeRefusal(message);
  if (refusal !== undefined) return { results: [], failure: refusal };
  checkHeader(message, link);
  return readItems(message.batchItem, asked, link);
}

/** The server could not or would not take the message apart: one item without an operation. KMIP 1.1 §11.1. */
function wholeRefusal({ batchItem }: ResponseMessage): KmipFailure | undefined {
  const [item, ...more] = batchItem;
  if (item === undefined || more.length > 0) return undefined;
  if (item.operation !== undefined || item.resultStatus !== "OperationFailed") return undefined;
  return readFailure(item, undefined);
}

function checkHeader({ responseHeader, batchItem }: ResponseMessage, { version }: Link): void {
  const [found, wanted] = [versionText(responseHeader.protocolVersion), versionText(version)];
  if (found !== wanted) throw new ProtocolError(`version ${found} answers version ${wanted}`);
  const { batchCount } = responseHeader;
  if (batchCount !== batchItem.length) {
    throw new ProtocolError(`batch count ${batchCount}, but ${batchItem.length} items`);
  }
}

function readItems(
  items: readonly ResponseBatchItem[],
  asked: readonly Asking[],
  link: Link,
): Exchanged {
  if (items.length > asked.length) {
    throw new ProtocolError(`${items.length} items answer ${asked.length}`);
  }
  const results: unknown[] = [];
  for (const [index, item] of items.entries()) {
    const { operation } = asked[index] as Asking;
    checkItem(item, operation, asked.length > 1 ? itemId(index) : undefined);
    const payload = readPayload(item, operation, link);
    if (item.resultStatus === "Success") results.push(payload);
    else if (index < items.length - 1) throw new ProtocolError(`items follow failed item ${index}`);
    else return { results, failure: readFailure(item, operation, payload) };
  }
  if (results.length < asked.length) {
    throw new ProtocolError(`${results.length} of ${asked.length} items are answered`);
  }
  return { results, failure: undefined };
}

function checkItem(
  item: ResponseBatchItem,
  operation: OperationDeclaration,
  id: Uint8Array | undefined,
): void {
  if (item.operation !== operation.name) {
    throw new ProtocolError(`operation ${item.operation} answers ${operation.name}`);
  }
  if (hex(item.uniqueBatchItemId) !== hex(id)) {
    throw new ProtocolError(
      `unique batch item id ${hex(item.uniqueBatchItemId)} answers ${hex(id)}`,
    );
  }
  if (item.resultStatus !== "Success" && item.resultStatus !== "OperationFailed") {
    throw new ProtocolError(`${operation.name} has result status ${item.resultStatus}`);
  }
}

function hex(id: Uint8Array | undefined): string {
  if (id === undefined) return "none";
  return Array.from(id, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function readPayload(
  { responsePayload, resultStatus }: ResponseBatchItem,
  { name, response }: OperationDeclaration,
  { edition }: Link,
): unknown {
  if (responsePayload !== undefined) {
    return reading(() => decodeRaw(responsePayload, response, { edition, path: name }));
  }
  if (resultStatus === "Success") throw new ProtocolError(`${name} is answered without a payload`);
  return undefined;
}

function readFailure(
  { resultReason, resultMessage }: ResponseBatchItem,
  operation: OperationDeclaration | undefined,
  payload?: unknown,
): KmipFailure {
  if (resultReason === undefined) throw new ProtocolError("a failure without a result reason");
  return failureOf({ operation: operation?.name, reason: resultReason, resultMessage, payload });
}
