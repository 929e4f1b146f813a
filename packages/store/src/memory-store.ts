import { compareIds } from "./compare-ids.ts";
import { copyAsRead, copyKey, copyObject, copyRecord } from "./copy.ts";
import { StoreError } from "./error.ts";
import type {
  AuditRecord,
  ChangeSet,
  Claim,
  Match,
  Outcome,
  ReadObject,
  Removal,
  Store,
  StoredKey,
  StoredObject,
  StoredRecord,
} from "./store.ts";

/** The reference store: everything that the port promises, in memory, gone with the process. */
export interface MemoryStore extends Store {
  /** The audit records in the order in which they were committed; copies. */
  audit(): readonly AuditRecord[];
}

/**
 * Makes an empty store in memory.
 *
 * @param options.now  server time in milliseconds since 1970; the machine's clock where it is absent
 */
export function createMemoryStore(options: { now?: () => number } = {}): MemoryStore {
  const now = options.now ?? Date.now;
  const tables = emptyTables();
  let open = true;

  function opened(): Tables {
    if (!open) throw new StoreError("Unavailable", "the store is closed");
    return tables;
  }

  return {
    read: async (ids) => pick(opened().objects, ids, copyAsRead),
    readKeys: async (ids) => pick(opened().keys, ids, copyKey),
    async readRecords(kind) {
      const records = [...opened().records.values()].filter((record) => record.kind === kind);
      return records.sort(byId).map(copyRecord);
    },
    owners: async (claims) => claims.map((claim) => opened().claims.get(hex(claim))),
    find: (match) => pages(opened(), match),
    async due(until, limit) {
      const due = [...opened().keys.values()].filter(isDue).filter((key) => key.dueAt <= until);
      due.sort((a, b) => Number(a.dueAt - b.dueAt) || byId(a, b));
      return due.slice(0, limit).map((key) => key.id);
    },
    async commit(change) {
      if (!open) return { outcome: "failed", error: new StoreError("Unavailable", "closed") };
      const refusal = refuse(tables, change);
      if (refusal === undefined) apply(tables, change);
      return refusal ?? { outcome: "committed" };
    },
    async append(records) {
      const twice = repeated(opened(), records);
      if (twice !== undefined) throw twice;
      for (const record of records) tables.audit.set(record.id, copyAudit(record));
    },
    now() {
      opened();
      return now();
    },
    health: async () => (open ? { ready: true } : { ready: false, why: "the store is closed" }),
    async close() {
      open = false;
    },
    audit: () => [...tables.audit.values()].map(copyAudit),
  };
}

interface Tables {
  readonly objects: Map<string, StoredObject>;
  readonly keys: Map<string, StoredKey>;
  /** By kind and id. */
  readonly records: Map<string, StoredRecord>;
  /** Owner by the claim in hexadecimal. */
  readonly claims: Map<string, string>;
  readonly audit: Map<string, AuditRecord>;
}

function emptyTables(): Tables {
  return {
    objects: new Map(),
    keys: new Map(),
    records: new Map(),
    claims: new Map(),
    audit: new Map(),
  };
}

/** The first thing, in the order of the port, that stands against the change; it reads only. */
function refuse(tables: Tables, change: ChangeSet): Outcome | undefined {
  const moved =
    movedRow(tables.keys, change.putKeys ?? [], change.removeKeys ?? []) ??
    movedRow(tables.objects, change.putObjects ?? [], change.removeObjects ?? []);
  if (moved !== undefined) return moved;
  const claims = refuseClaims(tables, change);
  if (claims !== undefined) return claims;
  for (const record of [...(change.putRecords ?? [])].sort(byId)) {
    if ((tables.records.get(recordKey(record))?.version ?? 0) !== record.version - 1)
      return versionConflict(record.id);
  }
  const error = repeated(tables, change.audit);
  return error && { outcome: "failed", error };
}

/** The first row by id whose version is not the one that the change replaces or removes. */
function movedRow(
  rows: ReadonlyMap<string, Removal>,
  puts: readonly Removal[],
  removals: readonly Removal[],
): Outcome | undefined {
  const expected = [
    ...puts.map(({ id, version }) => ({ id, version: version - 1 })),
    ...removals.map(({ id, version }) => ({ id, version })),
  ];
  const moved = expected
    .sort(byId)
    .find(({ id, version }) => (rows.get(id)?.version ?? 0) !== version);
  return moved && versionConflict(moved.id);
}

function refuseClaims(tables: Tables, change: ChangeSet): Outcome | undefined {
  const freed = new Set<string>();
  for (const { claim, owner } of sortedClaims(change.freeClaims)) {
    if (tables.claims.get(hex(claim)) !== owner) return versionConflict(owner);
    freed.add(hex(claim));
  }
  for (const { claim } of sortedClaims(change.takeClaims)) {
    const owner = freed.has(hex(claim)) ? undefined : tables.claims.get(hex(claim));
    if (owner !== undefined)
      return { outcome: "conflict", on: "claim", claim: new Uint8Array(claim), owner };
  }
  return undefined;
}

function repeated(tables: Tables, records: readonly AuditRecord[]): StoreError | undefined {
  const seen = new Set<string>();
  const twice = records.find(({ id }) => tables.audit.has(id) || seen.size === seen.add(id).size);
  return twice && new StoreError("Conflict", `audit record ${twice.id} stands already`);
}

function apply(tables: Tables, change: ChangeSet): void {
  for (const key of change.putKeys ?? []) tables.keys.set(key.id, copyKey(key));
  for (const { id } of change.removeKeys ?? []) tables.keys.delete(id);
  for (const object of change.putObjects ?? []) tables.objects.set(object.id, copyObject(object));
  for (const { id } of change.removeObjects ?? []) tables.objects.delete(id);
  for (const { claim } of change.freeClaims ?? []) tables.claims.delete(hex(claim));
  for (const { claim, owner } of change.takeClaims ?? []) tables.claims.set(hex(claim), owner);
  for (const record of change.putRecords ?? [])
    tables.records.set(recordKey(record), copyRecord(record));
  for (const record of change.audit) tables.audit.set(record.id, copyAudit(record));
}

/** A page is cut anew from what stands at that moment, after the last row of the page before. */
async function* pages(tables: Tables, match: Match): AsyncGenerator<readonly ReadObject[]> {
  const size = match.pageSize ?? 100;
  let last: StoredObject | undefined;
  for (;;) {
    const after = last;
    const rows = [...tables.objects.values()]
      .filter((object) => isMatch(object, match) && (!after || byAge(after, object) < 0))
      .sort(byAge)
      .slice(0, size);
    if (rows.length === 0) return;
    last = rows.at(-1);
    yield rows.map(copyAsRead);
  }
}

function isMatch(object: StoredObject, { terms, anyOf, from, to }: Match): boolean {
  return (
    terms.every((term) => object.terms.includes(term)) &&
    (anyOf === undefined || anyOf.some((term) => object.terms.includes(term))) &&
    (from === undefined || object.initialDate >= from) &&
    (to === undefined || object.initialDate <= to)
  );
}

function byAge(a: StoredObject, b: StoredObject): number {
  if (a.initialDate !== b.initialDate) return a.initialDate > b.initialDate ? -1 : 1;
  return byId(a, b);
}

function byId(a: { id: string }, b: { id: string }): number {
  return compareIds(a.id, b.id);
}

function sortedClaims(claims: readonly Claim[] = []): readonly Claim[] {
  return [...claims].sort((a, b) => compareIds(hex(a.claim), hex(b.claim)));
}

function isDue(key: StoredKey): key is StoredKey & { dueAt: bigint } {
  return key.dueAt !== null;
}

function versionConflict(id: string): Outcome {
  return { outcome: "conflict", on: "version", id };
}

function recordKey({ kind, id }: StoredRecord): string {
  return `${kind} ${id}`;
}

function pick<Row, Read>(
  rows: ReadonlyMap<string, Row>,
  ids: readonly string[],
  copy: (row: Row) => Read,
): ReadonlyMap<string, Read> {
  const found = new Map<string, Read>();
  for (const id of ids) {
    const row = rows.get(id);
    if (row !== undefined) found.set(id, copy(row));
  }
  return found;
}

function copyAudit(record: AuditRecord): AuditRecord {
  return { ...record, body: new Uint8Array(record.body) };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
