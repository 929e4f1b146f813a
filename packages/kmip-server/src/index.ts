export type { AccessChange, Administration, ObjectSummary } from "./administration.ts";
export type { Answer, AnswerMessage } from "./answer.ts";
export * from "./crypto/index.ts";
export { type Log, type LogLevel, silent } from "./log.ts";
export { offeredOperations } from "./operations/index.ts";
export { defaultPolicy, type Policy } from "./policy.ts";
export { createServer, type KmipServer, type ServerOptions } from "./server.ts";
export type { Session } from "./session.ts";
export {
  type Cancel,
  type Clock,
  type Credentials,
  defaultTransportLimits,
  type Listener,
  type ListenOptions,
  listen,
  type Refusal,
  type RefusalReason,
  type ServerCertificate,
  systemClock,
  type TlsMaterial,
  type TransportLimits,
  type TrustEntry,
  type TrustOptions,
} from "./transport/index.ts";
