import {
  type Edition,
  editionOf,
  enumerations,
  KmipError,
  type ProtocolVersion,
  protocolVersion,
  type RequestBatchItem,
  type RequestHeader,
  requestBatchItem,
  requestEnvelope,
  requestHeader,
  tags,
  v1_1,
} from "@akm/kmip-model";
import {
  byteString,
  checkForm,
  decode,
  decodeRaw,
  enumerationCode,
  members,
  type RawItem,
  TtlvError,
  type Type,
} from "@akm/ttlv";
import { orRefuse } from "../or-refuse.ts";

/** A request whose bytes parse and whose version could be read; header and items are still to be judged. */
export interface Incoming {
  readonly version: ProtocolVersion;
  readonly edition: Edition;
  /** What happens to fields that the edition does not know: at later versions they are ignored. KMIP 1.1 §11.1. */
  readonly unknownFields: "refuse" | "ignore";
  readonly rawHeader: RawItem;
  readonly items: readonly IncomingItem[];
}

/** A batch item as far as it could be read. */
export interface IncomingItem {
  /** The code or name of the operation, if there is one to be echoed. */
  readonly operation: RequestBatchItem["operation"] | undefined;
  readonly uniqueBatchItemId: Uint8Array | undefined;
  /** The item, or why it could not be read. */
  readonly content: RequestBatchItem | KmipError;
}

/**
 * Reads a message as far as it must be read before it is judged.
 *
 * @throws TtlvError where the bytes do not parse to their end, or are no request message
 */
export function readIncoming(bytes: Uint8Array): Incoming {
  checkForm(bytes);
  const envelope = decode(tags.RequestMessage, requestEnvelope, bytes);
  const version = decodeRaw(
    memberOf(envelope.requestHeader, tags.ProtocolVersion),
    protocolVersion,
  );
  const edition = editionOf(version);
  const unknownFields = version.protocolVersionMinor > 1 ? "ignore" : "refuse";
  const items = envelope.batchItem.map((item) => readItem(item, { edition, unknownFields }));
  return { version, edition, unknownFields, rawHeader: envelope.requestHeader, items };
}

/** The version that the header of these bytes claims, for the answer to a message that cannot be read; 1.0 if none. */
export function versionClaimed(bytes: Uint8Array): ProtocolVersion {
  try {
    const { requestHeader: header } = decode(tags.RequestMessage, requestEnvelope, bytes);
    return decodeRaw(memberOf(header, tags.ProtocolVersion), protocolVersion);
  } catch {
    return { protocolVersionMajor: 1, protocolVersionMinor: 0 };
  }
}

/**
 * The header, complete.
 *
 * @throws KmipError `InvalidMessage`, `InvalidField`
 */
export function readHeader({ rawHeader, edition, unknownFields }: Incoming): RequestHeader {
  return orRefuse(() =>
    decodeRaw(rawHeader, requestHeader, { edition, unknownFields, path: "requestHeader" }),
  );
}

function readItem(
  raw: RawItem,
  options: { edition: Edition; unknownFields: "refuse" | "ignore" },
): IncomingItem {
  try {
    const content = orRefuse(() =>
      decodeRaw(raw, requestBatchItem, { ...options, path: "batchItem" }),
    );
    const operation = ofAnyVersion(content.operation);
    const { uniqueBatchItemId } = content;
    return { operation, uniqueBatchItemId, content: { ...content, operation } };
  } catch (error) {
    if (!(error instanceof KmipError)) throw error;
    return {
      operation: attempt(raw, tags.Operation, enumerationCode),
      uniqueBatchItemId: attempt(raw, tags.UniqueBatchItemID, byteString),
      content: error,
    };
  }
}

/** The name of an operation even where the message's version is older: Discover Versions is served at every one. */
function ofAnyVersion(operation: RequestBatchItem["operation"]): RequestBatchItem["operation"] {
  if (typeof operation !== "number") return operation;
  return enumerations.operation.nameOf(operation) ?? operation;
}

/** A member of an item that as a whole cannot be read, so that the refusal can echo it. */
function attempt<T>(item: RawItem, tag: number, type: Type<T>): T | undefined {
  if (item.type !== "Structure") return undefined;
  const member = members(item).find((candidate) => candidate.tag === tag);
  if (member === undefined) return undefined;
  try {
    return decodeRaw(member, type, { edition: v1_1 });
  } catch {
    return undefined;
  }
}

function memberOf(structure: RawItem, tag: number): RawItem {
  const found =
    structure.type === "Structure"
      ? members(structure).find((member) => member.tag === tag)
      : undefined;
  if (found !== undefined) return found;
  throw new TtlvError("Missing", "no protocol version", {
    path: "requestHeader",
    offset: structure.offset,
  });
}
