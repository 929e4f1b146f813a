import {
  boolean,
  byteString,
  dateTime,
  integer,
  optional,
  rawItem,
  repeated,
  required,
  structure,
  textString,
  type ValueOf,
} from "@akm/ttlv";
import {
  batchErrorContinuationOption,
  operation,
  resultReason,
  resultStatus,
} from "./enumerations/index.ts";
import { authentication, messageExtension } from "./structures/index.ts";
import { tags } from "./tags.ts";

/** Major and minor number of a version. KMIP 1.1 §6.1. */
export const protocolVersion = structure({
  protocolVersionMajor: required(tags.ProtocolVersionMajor, integer),
  protocolVersionMinor: required(tags.ProtocolVersionMinor, integer),
});

/** KMIP 1.1 §7.2, table 216. Maximum Response Size in bytes, Time Stamp in seconds. */
export const requestHeader = structure({
  protocolVersion: required(tags.ProtocolVersion, protocolVersion),
  maximumResponseSize: optional(tags.MaximumResponseSize, integer),
  asynchronousIndicator: optional(tags.AsynchronousIndicator, boolean),
  authentication: optional(tags.Authentication, authentication),
  batchErrorContinuationOption: optional(
    tags.BatchErrorContinuationOption,
    batchErrorContinuationOption,
  ),
  batchOrderOption: optional(tags.BatchOrderOption, boolean),
  timeStamp: optional(tags.TimeStamp, dateTime),
  batchCount: required(tags.BatchCount, integer),
});

/** The header of a request. */
export type RequestHeader = ValueOf<typeof requestHeader>;

/** One operation that is asked for. Its payload stays undecoded: the operation tells what it is. KMIP 1.1 §7.2. */
export const requestBatchItem = structure({
  operation: required(tags.Operation, operation.open),
  uniqueBatchItemId: optional(tags.UniqueBatchItemID, byteString),
  requestPayload: required(tags.RequestPayload, rawItem),
  messageExtension: optional(tags.MessageExtension, messageExtension),
});

/** A request item whose payload is not decoded. */
export type RequestBatchItem = ValueOf<typeof requestBatchItem>;

/** A whole request. KMIP 1.1 §7.1. */
export const requestMessage = structure({
  requestHeader: required(tags.RequestHeader, requestHeader),
  batchItem: repeated(tags.BatchItem, requestBatchItem),
});

/** The same with header and items undecoded, so that a fault in one item is not one of the whole message. */
export const requestEnvelope = structure({
  requestHeader: required(tags.RequestHeader, rawItem),
  batchItem: repeated(tags.BatchItem, rawItem),
});

/** KMIP 1.1 §7.2, table 217. Time Stamp in seconds. */
export const responseHeader = structure({
  protocolVersion: required(tags.ProtocolVersion, protocolVersion),
  timeStamp: required(tags.TimeStamp, dateTime),
  batchCount: required(tags.BatchCount, integer),
});

/** How one operation ended. KMIP 1.1 §7.2. */
export const responseBatchItem = structure({
  operation: optional(tags.Operation, operation.open),
  uniqueBatchItemId: optional(tags.UniqueBatchItemID, byteString),
  resultStatus: required(tags.ResultStatus, resultStatus),
  resultReason: optional(tags.ResultReason, resultReason),
  resultMessage: optional(tags.ResultMessage, textString),
  asynchronousCorrelationValue: optional(tags.AsynchronousCorrelationValue, byteString),
  responsePayload: optional(tags.ResponsePayload, rawItem),
  messageExtension: optional(tags.MessageExtension, messageExtension),
});

/** A response item whose payload is not decoded. */
export type ResponseBatchItem = ValueOf<typeof responseBatchItem>;

/** A whole response. KMIP 1.1 §7.1. */
export const responseMessage = structure({
  responseHeader: required(tags.ResponseHeader, responseHeader),
  batchItem: repeated(tags.BatchItem, responseBatchItem),
});
