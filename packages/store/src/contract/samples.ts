import { deepStrictEqual } from "node:assert/strict";
import type {
  AuditRecord,
  ChangeSet,
  Claim,
  Match,
  Outcome,
  ReadObject,
  Store,
  StoredKey,
  StoredObject,
  StoredRecord,
} from "../store.ts";

/** Bytes to tell rows apart by. */
export function bytes(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values);
}

/** A first version of an object; `change` replaces what the case is about. */
export function object(id: string, change: Partial<StoredObject> = {}): StoredObject {
  return {
    id,
    version: 1,
    keyId: null,
    body: bytes(0, 1, 0xff),
    sealed: bytes(5, 6, 7, 8),
    sealSeq: 0,
    mac: bytes(9, 9),
    macEpoch: 1,
    terms: [],
    initialDate: 1000n,
    ...change,
  };
}

/** A first version of a key row. */
export function key(id: string, change: Partial<StoredKey> = {}): StoredKey {
  return { id, version: 1, body: bytes(1), mac: bytes(2), macEpoch: 1, dueAt: null, ...change };
}

/** A first version of a setting. */
export function setting(id: string, change: Partial<StoredRecord> = {}): StoredRecord {
  const body = bytes(3);
  return { kind: "setting", id, version: 1, body, mac: bytes(4), macEpoch: 1, ...change };
}

/** A claim of 32 equal bytes. */
export function claim(byte: number, owner: string): Claim {
  return { claim: new Uint8Array(32).fill(byte), owner };
}

/** An audit record of a moment in 2024. */
export function audit(id: string): AuditRecord {
  return { id, at: 1_720_000_000_000_000n, body: bytes(7) };
}

/** Makes a change that must come about; it has a record only where it brings one. */
export async function made(store: Store, change: Partial<ChangeSet>): Promise<void> {
  deepStrictEqual(await commit(store, change), { outcome: "committed" });
}

/** Makes a change, or not. */
export function commit(store: Store, change: Partial<ChangeSet>): Promise<Outcome> {
  return store.commit({ audit: [], ...change });
}

/** The outcome where the version of `id` moved. */
export function moved(id: string): Outcome {
  return { outcome: "conflict", on: "version", id };
}

/** The outcome where the claim is `held.owner`'s. */
export function taken(held: Claim): Outcome {
  return { outcome: "conflict", on: "claim", ...held };
}

/** An outcome with its bytes as a plain array: a driver may hand out a subclass. */
export function plain(outcome: Outcome): Outcome {
  if (outcome.outcome !== "conflict" || outcome.on !== "claim") return outcome;
  return { ...outcome, claim: new Uint8Array(outcome.claim) };
}

/** An object as it comes back. */
export function asRead({ terms: _, ...row }: StoredObject): ReadObject {
  return row;
}

/** An object with its bytes as plain arrays. */
export function plainObject(row: ReadObject | undefined): ReadObject | undefined {
  return (
    row && {
      ...row,
      body: new Uint8Array(row.body),
      sealed: row.sealed && new Uint8Array(row.sealed),
      mac: new Uint8Array(row.mac),
    }
  );
}

/** The object as it stands. */
export async function readOne(store: Store, id: string): Promise<ReadObject | undefined> {
  return plainObject((await store.read([id])).get(id));
}

/** The ids that a search finds, a list for each page. */
export async function idsOf(store: Store, match: Match): Promise<string[][]> {
  const pages: string[][] = [];
  for await (const page of store.find(match)) pages.push(page.map(({ id }) => id));
  return pages;
}
