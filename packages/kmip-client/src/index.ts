export { type Batch, BatchFailure, type BatchOutcome } from "./batch.ts";
export { type Client, createClient, type OperationMethods } from "./client.ts";
export type { ConnectionOptions, Credentials } from "./connection-options.ts";
export type { CallOptions } from "./deadline.ts";
export { type EnsuredKey, ensureKey, KeyMismatch, type KeySpec } from "./helpers/ensure-key.ts";
export { type FoundKey, getKey } from "./helpers/get-key.ts";
export { type LocateAllOptions, locateAll } from "./helpers/locate-all.ts";
export { type Rotated, rotate } from "./helpers/rotate.ts";
export { createHttpsTransport, type HttpsTransportOptions } from "./https-transport.ts";
export {
  type FailureClass,
  type FailureDetails,
  failures,
  KmipFailure,
} from "./kmip-failure.ts";
export type { ClientOptions, Version } from "./link.ts";
export { ProtocolError } from "./protocol-error.ts";
export { SecretBytes } from "./secret-bytes.ts";
export type { AttributeFilters, AttributesInput, CustomValue } from "./shape/attributes-input.ts";
export type { Seconds } from "./shape/seconds.ts";
export type {
  AskedOperation,
  MethodRequest,
  MethodResponse,
  RawRequest,
  RawResponse,
} from "./shape/shape.ts";
export type { SymmetricKey, SymmetricKeyInput } from "./shape/symmetric-key.ts";
export { createTlsTransport, type TlsTransportOptions } from "./tls-transport.ts";
export type { ConnectedTransport, Transport, TransportOptions } from "./transport.ts";
export {
  type Executed,
  TransportError,
  type TransportErrorCode,
  type TransportErrorDetails,
} from "./transport-error.ts";
