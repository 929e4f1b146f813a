/**
 * A managed object as it lies in the store: one authoritative row, replaced only as a whole.
 *
 * The store reads nothing in it: `body` and `sealed` are bytes to it, `mac` is checked by whoever wrote it.
 */
export interface StoredObject {
  /** Unique Identifier, compared byte by byte. */
  readonly id: string;
  /** Counts the changes of the row, from 1; the version that a put replaces must still be there. */
  readonly version: number;
  /** The family (key) of which the object is an instance; `null` for an object without one. */
  readonly keyId: string | null;
  /** One canonical encoding of everything that the server decides by. */
  readonly body: Uint8Array;
  /** Sealed key material; `null` where the object has none. Never plaintext. */
  readonly sealed: Uint8Array | null;
  /** Counts the times that `sealed` was sealed anew, from 0. */
  readonly sealSeq: number;
  /** MAC over the whole row, made before the statement. */
  readonly mac: Uint8Array;
  /** Epoch of the key that made `mac`. */
  readonly macEpoch: number;
  /** Projection for searching: a sorted set of 64-bit keyed hashes, signed. Not under the MAC. */
  readonly terms: readonly bigint[];
  /** Projection for order and range: Initial Date in seconds since 1970. Not under the MAC. */
  readonly initialDate: bigint;
}

/** An object as it is read: without its terms, by which the store alone searches. */
export type ReadObject = Omit<StoredObject, "terms">;

/** One row for a family of instances; every change of its name, membership or currency moves its version. */
export interface StoredKey {
  /** Identity of the family: the identifier of its first instance. */
  readonly id: string;
  readonly version: number;
  readonly body: Uint8Array;
  readonly mac: Uint8Array;
  readonly macEpoch: number;
  /** Projection: the moment of the next automatic re-key in seconds since 1970, `null` for none. */
  readonly dueAt: bigint | null;
}

/** A row of the few that are neither objects nor keys: keyring and settings. */
export interface StoredRecord {
  readonly kind: "keyring" | "setting";
  readonly id: string;
  readonly version: number;
  readonly body: Uint8Array;
  readonly mac: Uint8Array;
  readonly macEpoch: number;
}

/** A unique claim: 32 bytes (a hash of the thing claimed) that one owner holds. */
export interface Claim {
  readonly claim: Uint8Array;
  /** The family or object that holds it. */
  readonly owner: string;
}

/** An audit record, complete but for its place in the chain. */
export interface AuditRecord {
  /** Identifier of the operation, by which an unknown outcome is resolved. */
  readonly id: string;
  /** Microseconds since 1970, server time. */
  readonly at: bigint;
  readonly body: Uint8Array;
}

/** What goes from the store: the row of `id`, if it still has this version. */
export interface Removal {
  readonly id: string;
  readonly version: number;
}

/**
 * One change, whole or not at all. A put replaces the row whose version is one less (version 1: there is none).
 * Within a commit the order is: keys, objects by id ascending, claims freed, claims taken, records, audit;
 * what stands first in it names the conflict. A claim that its owner does not hold cannot be freed: a conflict of
 * version on the owner. No id, and no claim, is put or taken twice in one change set. An audit identifier serves once: a second
 * change set with it fails.
 */
export interface ChangeSet {
  readonly putObjects?: readonly StoredObject[];
  readonly removeObjects?: readonly Removal[];
  readonly putKeys?: readonly StoredKey[];
  readonly removeKeys?: readonly Removal[];
  readonly freeClaims?: readonly Claim[];
  readonly takeClaims?: readonly Claim[];
  readonly putRecords?: readonly StoredRecord[];
  readonly audit: readonly AuditRecord[];
}

/** How a commit ended; there is nothing else, and never half. */
export type Outcome =
  | { readonly outcome: "committed" }
  /** A version moved: read again, decide again. */
  | { readonly outcome: "conflict"; readonly on: "version"; readonly id: string }
  /** A claim is taken: `claim` is the one of the change set, `owner` who holds it. */
  | {
      readonly outcome: "conflict";
      readonly on: "claim";
      readonly claim: Uint8Array;
      readonly owner: string;
    }
  /** Known not to have happened. */
  | { readonly outcome: "failed"; readonly error: Error }
  /** Not to be found out in time: the caller must not answer at all. */
  | { readonly outcome: "unknown"; readonly error: Error };

/** A search. Index proposes, row disposes: the caller asks its question again of every row. */
export interface Match {
  /** Terms that a row must have, all of them. */
  readonly terms: readonly bigint[];
  /** Terms of which a row must have one (who may see it); absent: no such condition. */
  readonly anyOf?: readonly bigint[];
  /** Few rows have these terms, as the caller knows: a hint that all else is better asked of those rows. */
  readonly areFew?: boolean;
  /** Inclusive range of Initial Date in seconds. */
  readonly from?: bigint;
  readonly to?: bigint;
  /** Rows a page at the most; a hint. */
  readonly pageSize?: number;
}

/** Durability class of audit records without a change: `durable` before the call returns, or `soon` (within a second). */
export type Durability = "durable" | "soon";

/**
 * The port: whole rows under versions, change sets, no transaction that a caller could hold.
 * Every method but `commit` throws `StoreError` `Unavailable` where the database cannot be asked. Bytes are copied on the
 * way in, before the call returns, and on the way out: whoever wipes a buffer harms nobody.
 */
export interface Store {
  /**
   * The objects of these ids as they are committed now; absent ids are absent in the map.
   * Callers that wait at the same moment share one statement, and a read that begins after a commit was answered sees it.
   */
  read(ids: readonly string[]): Promise<ReadonlyMap<string, ReadObject>>;
  /** The key rows of these ids, likewise. */
  readKeys(ids: readonly string[]): Promise<ReadonlyMap<string, StoredKey>>;
  /** The records of a kind, by id ascending. */
  readRecords(kind: StoredRecord["kind"]): Promise<readonly StoredRecord[]>;
  /** Who holds each of these claims; the answer has the place of the question, `undefined` where nobody does. */
  owners(claims: readonly Uint8Array[]): Promise<readonly (string | undefined)[]>;
  /** Candidates in pages, newest Initial Date first, ties by the id's bytes ascending; constant memory. */
  find(match: Match): AsyncIterable<readonly ReadObject[]>;
  /** Ids of the keys whose `dueAt` is not after `until`, earliest first. */
  due(until: bigint, limit: number): Promise<readonly string[]>;
  /**
   * Makes the change, or tells why not: it never throws for the database's sake. Several callers' change sets may share one
   * database transaction; each still has an outcome of its own.
   */
  commit(change: ChangeSet): Promise<Outcome>;
  /**
   * Audit records without a change; many share one commit. Throws where a `durable` one could not be written, or is not
   * known to be. A `soon` one stands within a second, no later than a `durable` one after it, and is kept until the
   * database takes it.
   */
  append(records: readonly AuditRecord[], durability: Durability): Promise<void>;
  /** Server time in milliseconds since 1970: the primary's clock. Throws `Unavailable` where it was not refreshed for 5 s. */
  now(): number;
  /** Whether the store can be asked at this moment, and why not. */
  health(): Promise<{ readonly ready: boolean; readonly why?: string }>;
  /** Hands everything over that was accepted, then lets go of every connection. */
  close(): Promise<void>;
}
