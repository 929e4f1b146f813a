import {
  editionOf,
  operations,
  type ProtocolVersion,
  type ResponseBatchItem,
  responseMessage,
  tags,
} from "@akm/kmip-model";
import type { Answer } from "@akm/kmip-server";
import { checkForm, decode, decodeRaw, encode, TtlvError } from "@akm/ttlv";
import { same } from "./finding.ts";

/** An answer as far as a fuzzer wants to know it. */
export interface ReadAnswer {
  readonly bytes: Uint8Array;
  readonly items: readonly ResponseBatchItem[];
  /** Unique Identifiers of the objects that were made. */
  readonly made: readonly string[];
}

/**
 * Reads an answer down to its payloads.
 *
 * @throws Error where it is not what an answer must be, whatever was asked
 */
export function readAnswer(request: Uint8Array, { bytes, close }: Answer): ReadAnswer {
  if (bytes === undefined) throw new Error("no answer");
  const answer = decode(tags.ResponseMessage, responseMessage, bytes);
  same("answer", bytes, encode(tags.ResponseMessage, responseMessage, answer));
  const { batchItem: items, responseHeader: header } = answer;
  if (header.batchCount !== items.length) throw new Error(`Batch Count ${header.batchCount}`);
  checkClose(request, items, close);
  const made = items.flatMap((item) => madeBy(item, header.protocolVersion));
  return { bytes, items, made };
}

const makers: readonly unknown[] = ["Create", "Register", "ReKey"];

/** Checks an item, and tells the identifier of what it made. */
function madeBy(item: ResponseBatchItem, version: ProtocolVersion): readonly string[] {
  const { operation, resultStatus, resultReason, resultMessage, responsePayload } = item;
  if (resultStatus !== "Success") {
    if (!resultReason || !resultMessage) throw new Error("a failure without reason or message");
    if (resultReason === "GeneralFailure") throw new Error(`General Failure: ${resultMessage}`);
    return [];
  }
  if (typeof operation !== "string" || responsePayload === undefined)
    throw new Error("success of nothing");
  // Any declaration will do for the types: it is used with its own values alone.
  const { response } = operations[operation] as typeof operations.Create;
  const payload = decodeRaw(responsePayload, response, { edition: editionOf(version) });
  same("response", responsePayload.bytes, encode(tags.ResponsePayload, response, payload));
  return makers.includes(operation) ? [payload.uniqueIdentifier] : [];
}

/** The connection ends only behind a message that is refused as a whole, and behind each that has no form. */
function checkClose(
  request: Uint8Array,
  items: readonly ResponseBatchItem[],
  close: boolean,
): void {
  const [only] = items;
  const isRefusal = items.length === 1 && only?.operation === undefined;
  if (close && !(isRefusal && only?.resultReason === "InvalidMessage"))
    throw new Error("the connection ends, and the message was not refused");
  if (!close && !hasForm(request)) throw new Error("broken, and the connection goes on");
}

function hasForm(bytes: Uint8Array): boolean {
  try {
    checkForm(bytes);
    return true;
  } catch (error) {
    if (error instanceof TtlvError) return false;
    throw error;
  }
}
