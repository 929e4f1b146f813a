import { attributes } from "@akm/kmip-model";
import type { AuditRecord, ChangeSet, Claim } from "@akm/store";
import { one, withOne } from "./object/attribute-set.ts";
import type { KeyFamily, ManagedObject } from "./object/managed-object.ts";
import type { Material } from "./object/material.ts";
import { claimOf } from "./object/names.ts";
import type { Rows } from "./object/rows.ts";

/** A name and who holds it: the family of a key, or a template. */
export interface NameClaim {
  readonly nameValue: string;
  readonly owner: string;
}

/** What a handler wants changed; all of it happens, or none. */
export interface Change {
  readonly put?: readonly ManagedObject[];
  readonly remove?: readonly ManagedObject[];
  readonly putFamilies?: readonly KeyFamily[];
  readonly removeFamilies?: readonly KeyFamily[];
  readonly takeNames?: readonly NameClaim[];
  readonly freeNames?: readonly NameClaim[];
  /** The reason where another object holds one of the names. KMIP 1.1 §11.2, §11.15. */
  readonly nameTaken?: "InvalidField" | "IllegalOperation";
}

/** What turns a change into rows. */
export interface Writers {
  readonly rows: Rows;
  readonly material: Material;
}

/** The store's change set for a change: rows under their MACs, every object that is put with its new Last Change Date. */
export function changeSetOf(
  change: Change,
  audit: AuditRecord,
  { rows, material, now }: Writers & { readonly now: bigint },
): ChangeSet {
  const write = (object: ManagedObject) =>
    rows.writeObject(changedAt(object, now), material.digest(object));
  return {
    putObjects: (change.put ?? []).map(write),
    removeObjects: change.remove ?? [],
    putKeys: (change.putFamilies ?? []).map(rows.writeFamily),
    removeKeys: change.removeFamilies ?? [],
    takeClaims: (change.takeNames ?? []).map(claimFor),
    freeClaims: (change.freeNames ?? []).map(claimFor),
    audit: [audit],
  };
}

function claimFor({ nameValue, owner }: NameClaim): Claim {
  return { claim: claimOf(nameValue), owner };
}

/** Last Change Date never goes back, whatever the clock does. KMIP 1.1 §3.38. */
function changedAt(object: ManagedObject, now: bigint): ManagedObject {
  const before = one(object.attributes, attributes.lastChangeDate) ?? now;
  const date = before > now ? before : now;
  return { ...object, attributes: withOne(object.attributes, attributes.lastChangeDate, date) };
}
