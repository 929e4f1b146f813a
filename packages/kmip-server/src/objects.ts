import { type Digest, KmipError, type Name } from "@akm/kmip-model";
import type { Match, Store } from "@akm/store";
import { authorizeObject, mayAccess } from "./access.ts";
import type { KeyFamily, ManagedObject } from "./object/managed-object.ts";
import type { Material } from "./object/material.ts";
import { automaticallyNamed, claimOf, nameValues } from "./object/names.ts";
import type { Rows } from "./object/rows.ts";
import { anyoneTerm, groupTerm, userTerm } from "./object/terms.ts";
import type { Session } from "./session.ts";

/** The objects as one session may see them: whoever holds this cannot come by another's. */
export interface Objects {
  /**
   * The object of this identifier; without one, of the ID Placeholder. KMIP 1.1 §4.
   *
   * @throws KmipError `ItemNotFound`, `PermissionDenied`
   */
  find(id: string | undefined): Promise<ManagedObject>;
  /** The object of this identifier if there is one that the session may see. */
  visible(id: string): Promise<ManagedObject | undefined>;
  /** The family of a key. */
  family(key: ManagedObject): Promise<KeyFamily>;
  /** The living instances of a family, oldest first. */
  instances(family: KeyFamily): Promise<readonly ManagedObject[]>;
  /** The session's own templates of these names, in this order. Throws KmipError `ItemNotFound`. KMIP 1.1 §2.1.8. */
  templates(names: readonly Name[]): Promise<readonly ManagedObject[]>;
  /** Whether a living family other than `familyId` bears this as its automatic name. */
  isReserved(nameValue: string, familyId: string | undefined): Promise<boolean>;
  /** Candidates of a search that the session may see, newest first; the filters must be asked of each. */
  search(match: Omit<Match, "anyOf" | "pageSize">): AsyncIterable<readonly ManagedObject[]>;
  /** The digest of a key's material; `undefined` for templates. */
  digest(object: ManagedObject): Digest | undefined;
  /** Makes the terms by which a search is narrowed. */
  readonly termOf: Rows["termOf"];
}

/** What `objectsFor` works on. */
export interface ObjectSource {
  readonly store: Store;
  readonly rows: Rows;
  readonly material: Material;
}

/** The objects as `session` may see them; `placeholder` is the message's ID Placeholder at this moment. */
export function objectsFor(
  source: ObjectSource,
  session: Session,
  placeholder: string | undefined,
): Objects {
  return new SessionObjects(source, session, placeholder);
}

/** One is made for every item of a message. */
class SessionObjects implements Objects {
  readonly #source: ObjectSource;
  readonly #session: Session;
  readonly #placeholder: string | undefined;

  constructor(source: ObjectSource, session: Session, placeholder: string | undefined) {
    this.#source = source;
    this.#session = session;
    this.#placeholder = placeholder;
  }

  get termOf(): Rows["termOf"] {
    return this.#source.rows.termOf;
  }

  digest(object: ManagedObject): Digest | undefined {
    return this.#source.material.digest(object);
  }

  async find(id = this.#placeholder): Promise<ManagedObject> {
    if (id === undefined) {
      throw new KmipError(
        "ItemNotFound",
        "no Unique Identifier is given, and the ID Placeholder is empty",
      );
    }
    const object = await readOne(this.#source, id);
    if (object === undefined) throw new KmipError("ItemNotFound", `no object ${id}`);
    authorizeObject(object, this.#session);
    return object;
  }

  async visible(id: string): Promise<ManagedObject | undefined> {
    const object = await readOne(this.#source, id);
    return object && mayAccess(object, this.#session) ? object : undefined;
  }

  async family({ id, familyId }: ManagedObject): Promise<KeyFamily> {
    const { store, rows } = this.#source;
    const row = familyId === null ? undefined : (await store.readKeys([familyId])).get(familyId);
    // Gone between two reads: the object goes with it.
    if (row === undefined) throw new KmipError("ItemNotFound", `no object ${id}`);
    return rows.readFamily(row);
  }

  async instances({ instances }: KeyFamily): Promise<readonly ManagedObject[]> {
    const { store, rows } = this.#source;
    const found = await store.read(instances);
    return instances.flatMap((id) => {
      const row = found.get(id);
      return row === undefined ? [] : [rows.readObject(row)];
    });
  }

  async templates(names: readonly Name[]): Promise<readonly ManagedObject[]> {
    return await Promise.all(names.map((name) => this.#template(name)));
  }

  async isReserved(nameValue: string, familyId: string | undefined): Promise<boolean> {
    const named = automaticallyNamed(nameValue);
    if (named === undefined || named === familyId) return false;
    return (await this.#source.store.readKeys([named])).has(named);
  }

  search(match: Parameters<Objects["search"]>[0]): AsyncIterable<readonly ManagedObject[]> {
    return searched(this.#source, this.#session, match);
  }

  async #template({ nameValue }: Name): Promise<ManagedObject> {
    const [owner] = await this.#source.store.owners([claimOf(nameValue)]);
    const found = owner === undefined ? undefined : await readOne(this.#source, owner);
    const fits =
      found?.objectType === "Template" && nameValues(found.attributes).includes(nameValue);
    if (found !== undefined && fits && mayAccess(found, this.#session)) return found;
    throw new KmipError("ItemNotFound", `no template is named ${nameValue}`);
  }
}

async function readOne(
  { store, rows }: ObjectSource,
  id: string,
): Promise<ManagedObject | undefined> {
  const row = (await store.read([id])).get(id);
  return row && rows.readObject(row);
}

async function* searched(
  { store, rows }: ObjectSource,
  session: Session,
  match: Parameters<Objects["search"]>[0],
): AsyncIterable<readonly ManagedObject[]> {
  const anyOf = readerTermsOf(session, rows);
  for await (const page of store.find({ ...match, ...(anyOf === undefined ? {} : { anyOf }) })) {
    yield page.map((row) => rows.readObject(row)).filter((object) => mayAccess(object, session));
  }
}

/** The terms of what a session may see; `undefined` for an administrator, who sees all. */
function readerTermsOf(
  { user, groups, administrator }: Session,
  { termOf }: Rows,
): readonly bigint[] | undefined {
  if (administrator) return undefined;
  return [
    anyoneTerm(termOf),
    userTerm(user, termOf),
    ...groups.map((group) => groupTerm(group, termOf)),
  ];
}
