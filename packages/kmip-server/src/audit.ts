import type { ResultReason } from "@akm/kmip-model";
import type { AuditRecord, Store } from "@akm/store";
import { serverSession } from "./session.ts";

/** One thing that was done or refused. Nothing in it is secret. */
export interface AuditEvent {
  /** Identifier of the operation: an unknown outcome is resolved by it. */
  readonly id: string;
  /** Milliseconds since 1970, server time. */
  readonly atMs: number;
  /** The server that acted. */
  readonly node: string;
  /** The peer's address; `local` for the server's own acts and those of its command line. */
  readonly address: string;
  /** The asker's Common Name; `akm` for the server itself. */
  readonly user: string;
  readonly operation: string;
  /** y-Key Name and Unique Identifier of the object, where there is one. */
  readonly keyName?: string | undefined;
  readonly instance?: string | undefined;
  readonly result: "Success" | ResultReason;
}

/** The record as the store keeps it: its body is JSON, so that an operator can read it by SQL. */
export function auditRecord(event: AuditEvent): AuditRecord {
  const { id, atMs, node, address, user, operation, keyName, instance, result } = event;
  const body = { node, address, user, operation, keyName, instance, result };
  return {
    id,
    at: BigInt(Math.round(atMs)) * 1000n,
    body: Buffer.from(JSON.stringify(body), "utf8"),
  };
}

/** What is to be said of an act of the server's own. */
export type OwnAct = Pick<AuditEvent, "operation" | "keyName" | "instance" | "result">;

/** What a record of the server's own is made with. */
export interface OwnRecorder {
  readonly store: Pick<Store, "now">;
  /** The server's own name. */
  readonly node: string;
  /** Makes the identifier of an operation. */
  readonly operationId: () => string;
}

/** The record of something that the server does itself, or that its command line asks for. */
export function ownRecord({ store, node, operationId }: OwnRecorder, act: OwnAct): AuditRecord {
  const { user, address } = serverSession;
  return auditRecord({ id: operationId(), atMs: store.now(), node, user, address, ...act });
}
