import {
  type AttributeStructure,
  attributeNamed,
  type Edition,
  editionOf,
  operations,
  readAttribute,
  requestMessage,
  responseMessage,
  tags,
} from "@akm/kmip-model";
import { decode, decodeRaw, encode, encodeRaw, type RawItem, rawItem, type Type } from "@akm/ttlv";

/** A request decoded to its last attribute by the declarations, and encoded again. */
export function requestAgain(bytes: Uint8Array): Uint8Array {
  const read = (edition?: Edition) =>
    decode(tags.RequestMessage, requestMessage, bytes, edition && { edition });
  const edition = editionOf(read().requestHeader.protocolVersion);
  const message = read(edition);
  const batchItem = message.batchItem.map((item) => {
    const requestPayload = again(item.requestPayload, payloadType(item, "request"), edition);
    return { ...item, requestPayload };
  });
  return encode(tags.RequestMessage, requestMessage, { ...message, batchItem }, { edition });
}

/** The same with a response. */
export function responseAgain(bytes: Uint8Array): Uint8Array {
  const read = (edition?: Edition) =>
    decode(tags.ResponseMessage, responseMessage, bytes, edition && { edition });
  const edition = editionOf(read().responseHeader.protocolVersion);
  const message = read(edition);
  const batchItem = message.batchItem.map((item) => {
    if (item.responsePayload === undefined) return item;
    const responsePayload = again(item.responsePayload, payloadType(item, "response"), edition);
    return { ...item, responsePayload };
  });
  return encode(tags.ResponseMessage, responseMessage, { ...message, batchItem }, { edition });
}

/** The names of the operations that a request asks for. */
export function operationsIn(bytes: Uint8Array): string[] {
  const { batchItem } = decode(tags.RequestMessage, requestMessage, bytes);
  return batchItem.map(({ operation }) => String(operation));
}

/** The payload's declaration; `undefined` for an operation that has none. */
function payloadType(
  { operation }: { readonly operation?: string | number },
  side: "request" | "response",
): Type<unknown> | undefined {
  const declared = Object.values(operations).find(({ name }) => name === operation);
  return declared?.payloads ? (declared[side] as Type<unknown>) : undefined;
}

function again(raw: RawItem, type: Type<unknown> | undefined, edition: Edition): RawItem {
  if (type === undefined) return raw;
  const value = decodeRaw(raw, type, { edition });
  return encodeRaw(raw.tag, type, attributesAgain(value, edition), { edition });
}

/** A decoded value in which each attribute's own value has been decoded and encoded too. */
function attributesAgain(value: unknown, edition: Edition): unknown {
  if (Array.isArray(value)) return value.map((each) => attributesAgain(each, edition));
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (rawItem.holds(value)) return value;
  if ("attributeValue" in value) return attributeAgain(value as AttributeStructure, edition);
  const members = Object.entries(value).map(([name, member]) => [
    name,
    attributesAgain(member, edition),
  ]);
  return Object.fromEntries(members);
}

function attributeAgain(structure: AttributeStructure, edition: Edition): AttributeStructure {
  const row = attributeNamed(structure.attributeName);
  if (row === undefined) return structure;
  // As a filter, so that Locate may leave fields out; every full value is one, too.
  const { value } = readAttribute(row, structure, { edition, asFilter: true });
  const attributeValue = encodeRaw(tags.AttributeValue, row.filterType, value, { edition });
  return { ...structure, attributeValue };
}
