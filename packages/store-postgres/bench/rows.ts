import { createHash, randomUUID } from "node:crypto";
import type { AuditRecord, ChangeSet } from "@akm/store";

const termCount = 18;

/** Terms that differ from object to object, and the one that all readers have. */
function termsOf(id: string): bigint[] {
  const terms = [1n];
  for (let at = 0; at < termCount - 1; at++)
    terms.push(createHash("sha256").update(`${id} ${at}`).digest().readBigInt64BE());
  return terms.sort((a, b) => (a < b ? -1 : 1));
}

/** What a Create commits: object, key row, claim, audit record; of the sizes that a named AES-256 key has. */
export function creation(initialDate: number): ChangeSet {
  const id = randomUUID();
  const row = { id, version: 1, mac: Buffer.alloc(32, 1), macEpoch: 1 };
  const claim = createHash("sha256").update(id).digest();
  return {
    putObjects: [
      {
        ...row,
        keyId: id,
        body: Buffer.alloc(1350, 2),
        sealed: Buffer.alloc(150, 3),
        sealSeq: 0,
        terms: termsOf(id),
        initialDate: BigInt(initialDate),
      },
    ],
    putKeys: [{ ...row, body: Buffer.alloc(135, 4), dueAt: null }],
    takeClaims: [{ claim, owner: id }],
    audit: [auditRecord()],
  };
}

/** An audit record of the size that an item's has. */
export function auditRecord(): AuditRecord {
  return { id: randomUUID(), at: BigInt(Date.now()) * 1000n, body: Buffer.alloc(166, 5) };
}
