import { attributes, KmipError } from "@akm/kmip-model";
import { type OwnAct, ownRecord } from "./audit.ts";
import { changeSetOf } from "./change.ts";
import { commit } from "./commit.ts";
import { type Core, secondsNow } from "./core.ts";
import { one } from "./object/attribute-set.ts";
import { stateAt } from "./object/lifecycle.ts";
import type { ManagedObject } from "./object/managed-object.ts";
import { nameValues } from "./object/names.ts";
import { valueTerms } from "./object/terms.ts";
import { type Objects, objectsFor } from "./objects.ts";
import { serverSession } from "./session.ts";

/** An object as the administrator of the server's host sees it; never with its bytes. */
export interface ObjectSummary {
  /** Unique Identifier. */
  readonly id: string;
  readonly objectType: string;
  /** y-Key Name; absent for templates. */
  readonly keyName?: string;
  readonly names: readonly string[];
  /** Absent for templates. */
  readonly state?: string;
  readonly owner: string;
  /** Whom the access check of the object looks for, and which check that is. */
  readonly users: readonly string[];
  readonly groups: readonly string[];
  readonly accessCheck?: string;
}

/** Users and groups for the lists of a key. */
export interface AccessChange {
  readonly id: string;
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

/**
 * What the administrator of the server's host does beside KMIP, which has no attribute for access lists. Every act
 * leaves an audit record. AKM guide, chapter 2.
 */
export interface Administration {
  /** All objects, newest first, a page at a time. */
  list(): AsyncIterable<readonly ObjectSummary[]>;
  find(id: string): Promise<ObjectSummary | undefined>;
  /** The keys whose y-Mirrored is true: a promise to their owners that only an operator with a mirror can keep. */
  mirrored(): AsyncIterable<readonly ObjectSummary[]>;
  /** Adds to a key's lists. @throws KmipError `PermissionDenied` for a template, `ItemNotFound` */
  grant(change: AccessChange): Promise<ObjectSummary>;
  /** Takes from a key's lists. @throws KmipError likewise */
  ungrant(change: AccessChange): Promise<ObjectSummary>;
  /** Notes an act that was not on an object; durable when it returns. */
  note(operation: string, about: string): Promise<void>;
}

/** The administration of a server. */
export function administrationOf(core: Core): Administration {
  const objects = objectsFor(core, serverSession, undefined);
  const summarize = (object: ManagedObject) => summaryOf(object, secondsNow(core));
  const recordOf = (operation: string, about: Pick<OwnAct, "instance" | "keyName">) =>
    ownRecord(core, { operation, ...about, result: "Success" });
  const change = (operation: string, edit: Edit) => (wanted: AccessChange) =>
    commit(core, async () => {
      const before = await keyOf(objects, wanted.id);
      const after = { ...before, ...edit(before, wanted) };
      const about = { instance: before.id, keyName: one(before.attributes, attributes.keyName) };
      const audit = recordOf(operation, about);
      const changeSet = changeSetOf({ put: [after] }, audit, { ...core, now: secondsNow(core) });
      return { result: summarize(after), changeSet };
    });
  return {
    async *list() {
      for await (const page of objects.search({ terms: [] })) yield page.map(summarize);
    },
    async *mirrored() {
      const terms = valueTerms(attributes.mirrored, true, objects.termOf);
      for await (const page of objects.search({ terms })) {
        yield page.filter((key) => one(key.attributes, attributes.mirrored)).map(summarize);
      }
    },
    async find(id) {
      const object = await objects.visible(id);
      return object && summarize(object);
    },
    grant: change("key grant", (before, { users, groups }) => ({
      users: [...new Set([...before.users, ...users])],
      groups: [...new Set([...before.groups, ...groups])],
    })),
    ungrant: change("key ungrant", (before, { users, groups }) => ({
      users: before.users.filter((user) => !users.includes(user)),
      groups: before.groups.filter((group) => !groups.includes(group)),
    })),
    note: (operation, about) =>
      core.store.append([recordOf(operation, { instance: about })], "durable"),
  };
}

type Lists = Pick<ManagedObject, "users" | "groups">;
type Edit = (before: Lists, wanted: AccessChange) => Lists;

async function keyOf(objects: Objects, id: string): Promise<ManagedObject> {
  const object = await objects.find(id);
  if (object.objectType === "SymmetricKey") return object;
  throw new KmipError("PermissionDenied", `${id} is a template, which is its creator's alone`);
}

function summaryOf(object: ManagedObject, now: bigint): ObjectSummary {
  const { id, objectType, owner, users, groups, attributes: set } = object;
  const common = { id, objectType, names: nameValues(set), owner, users, groups };
  if (objectType === "Template") return common;
  return {
    ...common,
    keyName: one(set, attributes.keyName) ?? "",
    state: stateAt(set, now),
    accessCheck: one(set, attributes.accessCheck) ?? "ListedUsers",
  };
}
