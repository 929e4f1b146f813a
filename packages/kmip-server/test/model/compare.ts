import { responseMessage, tags } from "@akm/kmip-model";
import { decode } from "@akm/ttlv";
import { type ExpectedItem, readable } from "./answers.ts";
import type { Expected } from "./batch.ts";

// The server's answer beside the model's.

/** A response as the server sent it. */
export interface Received {
  readonly bytes: Uint8Array;
  readonly items: ReturnType<typeof readResponse>["batchItem"];
  readonly version: string;
}

function readResponse(bytes: Uint8Array) {
  return decode(tags.ResponseMessage, responseMessage, bytes);
}

/** The response in these bytes. */
export function received(bytes: Uint8Array): Received {
  const { batchItem, responseHeader } = readResponse(bytes);
  const { protocolVersionMajor, protocolVersionMinor } = responseHeader.protocolVersion;
  if (responseHeader.batchCount !== batchItem.length) throw new Difference("Batch Count is wrong");
  return { bytes, items: batchItem, version: `${protocolVersionMajor}.${protocolVersionMinor}` };
}

/** Where model and server do not agree. */
export class Difference extends Error {}

/** @throws Difference where the server did not answer what the model expects */
export function compare(answer: Received, expected: Expected, edition: number): void {
  const { items, instead } = expected;
  if (
    instead &&
    answer.items[0]?.resultReason === "ResponseTooLarge" &&
    answer.items.length === 1
  ) {
    compareItem(answer.items[0], instead, edition);
    return;
  }
  if (answer.items.length !== items.length) {
    const reasons = answer.items.map(textOf).join("; ");
    const wanted = items.map((item) => [...(item.reasons ?? ["Success"])].join(" or ")).join("; ");
    throw new Difference(`${answer.items.length} items (${reasons}), expected: ${wanted}`);
  }
  for (const [at, item] of items.entries()) {
    compareItem(answer.items[at] as Received["items"][number], item, edition);
  }
}

function textOf(item: Received["items"][number]): string {
  return item.resultStatus === "Success"
    ? "Success"
    : `${item.resultReason}: ${item.resultMessage}`;
}

function compareItem(
  item: Received["items"][number],
  { op, batchId, reasons, payload }: ExpectedItem,
  edition: number,
): void {
  const asked = op ?? "the message";
  if (item.operation !== op) throw new Difference(`${asked}: Operation is ${item.operation}`);
  if (hex(item.uniqueBatchItemId) !== hex(batchId)) {
    throw new Difference(`${asked}: Unique Batch Item ID is ${hex(item.uniqueBatchItemId)}`);
  }
  const wanted = reasons ? [...reasons].join(" or ") : "Success";
  const found = item.resultStatus === "Success" ? "Success" : (item.resultReason ?? "no reason");
  if (!(reasons ?? new Set(["Success"])).has(found)) {
    throw new Difference(`${asked}: ${textOf(item)}, expected ${wanted}`);
  }
  if (reasons && !item.resultMessage) throw new Difference(`${asked}: no Result Message`);
  comparePayload(asked, { found: item.responsePayload, wanted: payload }, edition);
}

type Payload = ExpectedItem["payload"];

function comparePayload(
  op: string,
  { found, wanted }: { found: Payload; wanted: Payload },
  edition: number,
): void {
  if (found && wanted && Buffer.compare(found.bytes, wanted.bytes) === 0) return;
  const [one, other] = [readable(op, found, edition), readable(op, wanted, edition)];
  if (one !== other) throw new Difference(`${op}: ${unlike(one, other)}`);
}

/** The lines that only one of two texts has. */
function unlike(one: string, other: string): string {
  const only = (lines: string[], not: string[]) =>
    lines.filter((line) => !not.includes(line)).join("\n");
  const [ours, theirs] = [one.split("\n"), other.split("\n")];
  return `answered\n${only(ours, theirs)}\nexpected\n${only(theirs, ours)}`;
}

function hex(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? "none" : Buffer.from(bytes).toString("hex");
}
