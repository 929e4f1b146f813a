import { type AttributeRow, attributeNamed, KmipError, type Permission } from "@akm/kmip-model";
import { ownsOrAdministrates } from "../access.ts";
import type { Context } from "../handler.ts";
import { stateAt } from "../object/lifecycle.ts";
import type { ManagedObject } from "../object/managed-object.ts";

/** What a client does to an attribute of an object that is there. */
export type Act = "add" | "modify" | "remove";

/**
 * The declaration of an attribute that a client may act on at all; which instance, and when, is `checkWhen`'s.
 *
 * @throws KmipError `PermissionDenied` for what does not exist here, and for what only the server sets
 */
export function actable(name: string, act: Act, object: ManagedObject): AttributeRow {
  const row = attributeNamed(name);
  if (row === undefined || !row.offered)
    throw new KmipError("PermissionDenied", `there is no attribute ${name}`);
  if (isOpen(row, act, object)) return row;
  throw new KmipError("PermissionDenied", `${name} cannot be changed by a client`);
}

/** A template's contents are its owner's to change, whatever the rules say of keys. KMIP 1.1 §2.2.6. */
function isOpen(row: AttributeRow, act: Act, { objectType }: ManagedObject): boolean {
  if (objectType === "Template" && row.template === "content") return true;
  return row.objectTypes.includes(objectType) && row[act].by !== "nobody";
}

/** The instance that is acted on, as its rule may look at it. */
export interface Acted {
  readonly row: AttributeRow;
  readonly index: number;
  /** Its value, `undefined` where it has none yet. */
  readonly current: unknown;
}

/**
 * Refuses an act at the wrong time, on the wrong instance, or by one who is not the owner where only the owner may.
 *
 * @throws KmipError `PermissionDenied`
 */
export function checkWhen(
  act: Act,
  { row, index, current }: Acted,
  on: { object: ManagedObject; context: Context },
): void {
  const { object, context } = on;
  if (object.objectType === "Template" && row.template === "content") return;
  const permission: Permission = row[act];
  if (permission.by === "nobody")
    throw new KmipError("PermissionDenied", `${row.name} cannot be changed by a client`);
  if (permission.by === "owner" && !ownsOrAdministrates(object, context.session)) {
    throw new KmipError("PermissionDenied", `${row.name} can be changed by the owner only`);
  }
  const state =
    object.objectType === "Template" ? undefined : stateAt(object.attributes, context.now);
  if (permission.when.holds({ state, index }, current, context.now)) return;
  throw new KmipError(
    "PermissionDenied",
    `${row.name} can be changed only ${permission.when.text}`,
  );
}
