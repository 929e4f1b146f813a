export { type Cancel, type Clock, systemClock } from "./clock.ts";
export { defaultTransportLimits, type TransportLimits } from "./limits.ts";
export { type Credentials, type Listener, type ListenOptions, listen } from "./listen.ts";
export type { Refusal, RefusalReason } from "./refusal.ts";
export type { ServerCertificate, TlsMaterial } from "./tls-options.ts";
export type { TrustEntry, TrustOptions } from "./trust.ts";
