import { type RequestBatchItem, type RequestHeader, requestMessage, tags } from "@akm/kmip-model";
import { encode, encodeRaw } from "@akm/ttlv";
import type { Asking, Link } from "./link.ts";

/**
 * The request message of these items. Several items get identifiers, and are to run in order, so that each may speak
 * of the object of the one before it (ID Placeholder). KMIP 1.1 §4, §6.4, §6.12, §7.1.
 *
 * @throws TtlvError for a payload that its declaration cannot hold
 */
export function writeRequest(items: readonly Asking[], link: Link): Uint8Array {
  const requestHeader: RequestHeader = {
    protocolVersion: link.version,
    ...(link.maximumResponseSize === undefined
      ? {}
      : { maximumResponseSize: link.maximumResponseSize }),
    ...(items.length > 1 ? { batchOrderOption: true } : {}),
    batchCount: items.length,
  };
  const batchItem = items.map((item, index) => ({
    ...writeItem(item, link),
    ...(items.length > 1 ? { uniqueBatchItemId: itemId(index) } : {}),
  }));
  const { edition } = link;
  return encode(tags.RequestMessage, requestMessage, { requestHeader, batchItem }, { edition });
}

/** The Unique Batch Item ID of the item at `index`: four bytes, counted from 1. */
export function itemId(index: number): Uint8Array {
  const id = new Uint8Array(4);
  new DataView(id.buffer).setUint32(0, index + 1);
  return id;
}

function writeItem({ operation, request }: Asking, { edition }: Link): RequestBatchItem {
  const options = { edition, path: operation.name };
  return {
    operation: operation.name,
    requestPayload: encodeRaw(tags.RequestPayload, operation.request, request, options),
  };
}
