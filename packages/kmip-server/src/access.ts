import { attributes, KmipError } from "@akm/kmip-model";
import { one } from "./object/attribute-set.ts";
import type { ManagedObject } from "./object/managed-object.ts";
import type { Policy } from "./policy.ts";
import type { Session } from "./session.ts";

// One place decides who may do what. It is asked before an operation begins, and before a handler can see an object.

/**
 * What an operation needs of its asker: nothing, the right to make objects, or access to the object that it names.
 * Every handler is declared with one; there is no handler without.
 */
export type Need = "nothing" | "creation" | "object";

/**
 * Refuses an operation that this session may not ask for at all.
 *
 * @throws KmipError `PermissionDenied`
 */
export function authorizeOperation(need: Need, session: Session, policy: Policy): void {
  if (need !== "creation" || policy.create === "anyone" || session.administrator) return;
  throw new KmipError("PermissionDenied", `${session.user} may not make objects`);
}

/**
 * Refuses an object that this session may not touch.
 *
 * @throws KmipError `PermissionDenied`
 */
export function authorizeObject(object: ManagedObject, session: Session): void {
  if (mayAccess(object, session)) return;
  throw new KmipError("PermissionDenied", `${session.user} has no access to ${object.id}`);
}

/** Whether a session passes the access check of an object. AKM guide, chapter 2: y-Access Check. */
export function mayAccess(object: ManagedObject, session: Session): boolean {
  if (session.administrator) return true;
  if (object.objectType === "Template") return object.owner === session.user;
  const userListed = object.users.includes(session.user);
  const groupListed = session.groups.some((group) => object.groups.includes(group));
  switch (one(object.attributes, attributes.accessCheck) ?? "ListedUsers") {
    case "Anyone":
      return true;
    case "ListedUsers":
      return userListed;
    case "ListedGroups":
      return groupListed;
    case "ListedUserAndGroup":
      return userListed && groupListed;
    case "ListedUserOrGroup":
      return userListed || groupListed;
  }
}

/** Whether a session owns an object or administrates all of them: who may change its access check. */
export function ownsOrAdministrates(object: ManagedObject, session: Session): boolean {
  return session.administrator || object.owner === session.user;
}
