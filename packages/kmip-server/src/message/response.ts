import {
  type KmipError,
  type ProtocolVersion,
  type ResponseBatchItem,
  responseBatchItem,
  responseHeader,
  tags,
} from "@akm/kmip-model";
import { encode, encodeRaw, type RawItem, rawItem, repeated, required, structure } from "@akm/ttlv";

// How an answer is written: items one by one, so that their size is known before anything is committed.

const responseEnvelope = structure({
  responseHeader: required(tags.ResponseHeader, responseHeader),
  batchItem: repeated(tags.BatchItem, rawItem),
});

/** A batch item of the answer, ready to be sent; the caller wipes it once the message is made. */
export function writeItem(item: ResponseBatchItem): RawItem {
  return encodeRaw(tags.BatchItem, responseBatchItem, item);
}

/** What an answer echoes of the item that it answers. */
export type Echo = Pick<ResponseBatchItem, "operation" | "uniqueBatchItemId">;

/** The echo of an item: what it had. */
export function echoOf(item: {
  readonly operation: Echo["operation"] | undefined;
  readonly uniqueBatchItemId: Uint8Array | undefined;
}): Echo {
  const { operation, uniqueBatchItemId } = item;
  return {
    ...(operation === undefined ? {} : { operation }),
    ...(uniqueBatchItemId === undefined ? {} : { uniqueBatchItemId }),
  };
}

/** The item of a refusal. */
export function refusalItem(
  { reason, message }: KmipError,
  echo: Echo,
  responsePayload?: RawItem,
): RawItem {
  return writeItem({
    ...echo,
    resultStatus: "OperationFailed",
    resultReason: reason,
    resultMessage: message,
    ...(responsePayload === undefined ? {} : { responsePayload }),
  });
}

/** The whole answer. `timeStamp` in seconds since 1970. */
export function writeResponse(
  version: ProtocolVersion,
  timeStamp: bigint,
  batchItem: readonly RawItem[],
): Uint8Array {
  const header = { protocolVersion: version, timeStamp, batchCount: batchItem.length };
  const bytes = encode(tags.ResponseMessage, responseEnvelope, {
    responseHeader: header,
    batchItem,
  });
  for (const item of batchItem) item.bytes.fill(0);
  return bytes;
}

/** Bytes of an answer without its items: it is the same for all. */
export const responseOverheadBytes: number = writeResponse(
  { protocolVersionMajor: 1, protocolVersionMinor: 1 },
  0n,
  [],
).length;

/** The answer that stands for a whole message that is refused. */
export function refuseMessage(
  version: ProtocolVersion,
  timeStamp: bigint,
  error: KmipError,
): Uint8Array {
  return writeResponse(version, timeStamp, [refusalItem(error, {})]);
}
