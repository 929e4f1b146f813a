/** What the server has acknowledged of a living key. */
export interface Kept {
  readonly id: string;
  /** Its Name; an instance that was replaced has none. */
  readonly name: string | undefined;
  /** In hexadecimal; unknown until they were fetched. */
  readonly bytes?: string;
  /** The instances before and after it. */
  readonly replaced?: string;
  readonly replacement?: string;
}

/** A change that a client asks for. */
export type Asked =
  | { readonly act: "create"; readonly name: string }
  | { readonly act: "register"; readonly name: string; readonly bytes: string }
  | { readonly act: "rename"; readonly id: string; readonly name: string }
  | { readonly act: "reKey"; readonly id: string }
  | { readonly act: "destroy"; readonly id: string };

/** What must be there, kept outside of the server that is being killed. */
export interface Ledger {
  readonly kept: ReadonlyMap<string, Kept>;
  /** How many changes were noted. */
  readonly acknowledged: number;
  /** Notes a change as done; `made` is the key that came of it. */
  note(asked: Asked, made: string): void;
  /** Notes what the bytes of a key are. */
  noteBytes(id: string, bytes: string): void;
  /** The keys that were noted since this was asked last and still live. */
  takeChanged(): readonly string[];
}

/** An empty one. */
export function createLedger(): Ledger {
  const kept = new Map<string, Kept>();
  let changed = new Set<string>();
  let acknowledged = 0;

  function put(key: Kept) {
    kept.set(key.id, key);
    changed.add(key.id);
  }

  function note(asked: Asked, made: string) {
    acknowledged++;
    switch (asked.act) {
      case "create":
        return put({ id: made, name: asked.name });
      case "register":
        return put({ id: made, name: asked.name, bytes: asked.bytes });
      case "rename":
        return put({ ...find(kept, asked.id), name: asked.name });
      case "destroy":
        return void kept.delete(asked.id);
      case "reKey": {
        const old = find(kept, asked.id);
        put({ ...old, name: undefined, replacement: made });
        put({ id: made, name: old.name, replaced: old.id });
      }
    }
  }

  return {
    kept,
    note,
    get acknowledged() {
      return acknowledged;
    },
    noteBytes: (id, bytes) => put({ ...find(kept, id), bytes }),
    takeChanged() {
      const taken = [...changed].filter((id) => kept.has(id));
      changed = new Set();
      return taken;
    },
  };
}

function find(kept: ReadonlyMap<string, Kept>, id: string): Kept {
  const found = kept.get(id);
  if (found === undefined) throw new Error(`${id} is not in the ledger`);
  return found;
}
