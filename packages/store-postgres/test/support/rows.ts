import { randomUUID } from "node:crypto";
import type { AuditRecord, ChangeSet, StoredObject } from "@akm/store";

/** A first version of an object. */
export function object(id: string, change: Partial<StoredObject> = {}): StoredObject {
  return {
    id,
    version: 1,
    keyId: null,
    body: Buffer.from("body"),
    sealed: Buffer.alloc(40, 7),
    sealSeq: 0,
    mac: Buffer.from("mac"),
    macEpoch: 1,
    terms: [1n],
    initialDate: 0n,
    ...change,
  };
}

/** An audit record of today with an identifier of its own. */
export function audit(): AuditRecord {
  return { id: randomUUID(), at: BigInt(Date.now()) * 1000n, body: Buffer.from("done") };
}

/** A creation of one object, with its record. */
export function creation(id: string): ChangeSet & { readonly audit: readonly [AuditRecord] } {
  return { putObjects: [object(id)], audit: [audit()] };
}
