import {
  declaredVersions,
  type Edition,
  editionOf,
  type OperationDeclaration,
  type OperationName,
  type ProtocolVersion,
} from "@akm/kmip-model";
import type { Transport } from "./transport.ts";

/** The protocol versions that the client speaks. */
export type Version = "1.0" | "1.1";

/** What a client is told beside its transport. */
export interface ClientOptions {
  /** In the header of every request; 1.1 unless given. */
  readonly version?: Version;
  /** Of each call that gives none of its own; 30,000 unless given. */
  readonly timeoutMs?: number;
  /** In bytes: the server shall refuse to answer with more. Not sent unless given. KMIP 1.1 §6.3. */
  readonly maximumResponseSize?: number;
}

/** A transport and how it is spoken over. */
export interface Link {
  readonly transport: Transport;
  readonly version: ProtocolVersion;
  readonly edition: Edition;
  readonly timeoutMs: number;
  readonly maximumResponseSize: number | undefined;
}

/** One operation to be asked for, its payload in the shape of its declaration. */
export interface Asking {
  readonly operation: OperationDeclaration;
  readonly request: unknown;
}

/** Operations that change nothing, so that a request of them alone may be sent twice. */
export const reads: ReadonlySet<OperationName> = new Set<OperationName>([
  "Query",
  "DiscoverVersions",
  "Locate",
  "Check",
  "Get",
  "GetAttributes",
  "GetAttributeList",
]);

const defaultTimeoutMs = 30_000;

/** The link of a client with these options. */
export function createLink(transport: Transport, options: ClientOptions): Link {
  const { version = "1.1", timeoutMs = defaultTimeoutMs, maximumResponseSize } = options;
  const protocolVersion = versionNamed(version);
  return {
    transport,
    version: protocolVersion,
    edition: editionOf(protocolVersion),
    timeoutMs,
    maximumResponseSize,
  };
}

/** A version as texts show it: `1.1`. */
export function versionText(version: ProtocolVersion): string {
  return `${version.protocolVersionMajor}.${version.protocolVersionMinor}`;
}

function versionNamed(name: Version): ProtocolVersion {
  const found = declaredVersions.find((version) => versionText(version) === name);
  if (found === undefined) throw new RangeError(`version ${name} is not one that is declared`);
  return found;
}
