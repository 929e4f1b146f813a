import type { Transport, TransportOptions } from "@akm/kmip-client";
import {
  editionOf,
  type OperationDeclaration,
  operations,
  type ProtocolVersion,
  type ResultReason,
  requestMessage,
  responseMessage,
  tags,
} from "@akm/kmip-model";
import { decode, decodeRaw, encode, encodeRaw, type ValueOf } from "@akm/ttlv";

type RequestMessage = ValueOf<typeof requestMessage>;
type ResponseMessage = ValueOf<typeof responseMessage>;
type Item = ResponseMessage["batchItem"][number];

/** A refusal for a responder to throw. */
export class Refusal {
  readonly reason: ResultReason;
  readonly message: string;
  readonly payload: unknown;

  constructor(reason: ResultReason, message: string, payload?: unknown) {
    this.reason = reason;
    this.message = message;
    this.payload = payload;
  }
}

/** What to answer to each operation: from the payload as declared to the payload as declared. */
export type Answers = { readonly [O in keyof typeof operations]?: (request: never) => unknown };

/** A server of a few lines, made from the declarations: it runs items in order and stops at the first refusal. */
export interface Responder {
  readonly transport: Transport;
  /** The requests that came, newest last. */
  readonly requests: RequestMessage[];
  readonly options: TransportOptions[];
}

/** A responder; `alter` may change the message before it is sent. */
export function createResponder(
  answers: Answers,
  alter: (message: ResponseMessage) => ResponseMessage = (message) => message,
): Responder {
  const requests: RequestMessage[] = [];
  const options: TransportOptions[] = [];
  return {
    requests,
    options,
    async transport(bytes, transportOptions) {
      const request = decode(tags.RequestMessage, requestMessage, bytes);
      requests.push(request);
      options.push(transportOptions);
      return write(alter(respond(request, answers)));
    },
  };
}

/** The bytes of a response message. */
export function write(message: ResponseMessage): Uint8Array {
  return encode(tags.ResponseMessage, responseMessage, message);
}

function respond({ requestHeader, batchItem }: RequestMessage, answers: Answers): ResponseMessage {
  const { protocolVersion } = requestHeader;
  const items: Item[] = [];
  for (const item of batchItem) {
    items.push(answerItem(item, answers, protocolVersion));
    if (items.at(-1)?.resultStatus !== "Success") break;
  }
  return {
    responseHeader: { protocolVersion, timeStamp: 0n, batchCount: items.length },
    batchItem: items,
  };
}

function answerItem(
  { operation, uniqueBatchItemId, requestPayload }: RequestMessage["batchItem"][number],
  answers: Answers,
  version: ProtocolVersion,
): Item {
  const echo = { operation, ...(uniqueBatchItemId && { uniqueBatchItemId }) };
  const declaration: OperationDeclaration = operations[operation as keyof typeof operations];
  const edition = editionOf(version);
  const payload = (value: unknown) => ({
    responsePayload: encodeRaw(tags.ResponsePayload, declaration.response, value, { edition }),
  });
  try {
    const answer = answers[declaration.name] as ((request: unknown) => unknown) | undefined;
    if (answer === undefined) throw new Refusal("OperationNotSupported", `no ${declaration.name}`);
    const request = decodeRaw(requestPayload, declaration.request, { edition });
    return { ...echo, resultStatus: "Success", ...payload(answer(request)) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return {
      ...echo,
      resultStatus: "OperationFailed",
      resultReason: error.reason,
      resultMessage: error.message,
      ...(error.payload === undefined ? {} : payload(error.payload)),
    };
  }
}
