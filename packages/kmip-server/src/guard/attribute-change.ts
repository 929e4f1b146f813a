import { type AttributeRow, attributes, type Metadata, type Name } from "@akm/kmip-model";
import type { Change } from "../change.ts";
import type { Context } from "../handler.ts";
import type { AttributeSet } from "../object/attribute-set.ts";
import type { ManagedObject } from "../object/managed-object.ts";
import { checkConsistency } from "./consistency.ts";
import { intervalChange, nameChange } from "./family-change.ts";
import { mergedMetadata } from "./metadata.ts";
import { checkCount } from "./values.ts";

/** One instance of an attribute that a client adds, modifies or deletes. */
export interface InstanceChange {
  readonly row: AttributeRow;
  readonly index: number;
  /** The value that was there; `undefined` for a new instance. */
  readonly before: unknown;
  /** The value that is to be there; `undefined` for a deleted instance. */
  readonly after: unknown;
}

/** The value that an instance takes: what is given, but y-Metadata only where fields are given. */
export function settledValue(row: AttributeRow, before: unknown, given: unknown): unknown {
  const isMetadata = row.name === attributes.metadata.name;
  return isMetadata ? mergedMetadata(before as Metadata | undefined, given as Metadata) : given;
}

/**
 * The change that an attribute operation comes to, with all that hangs on it: names and the key's name, the moment of
 * the automatic re-key.
 *
 * @param set  the object's attributes with the change in them
 * @throws KmipError `InvalidField` where they contradict each other, `IndexOutOfBounds`, `IllegalOperation` for a name
 */
export async function attributeChange(
  object: ManagedObject,
  { set, changed }: { readonly set: AttributeSet; readonly changed: InstanceChange },
  context: Context,
): Promise<Change> {
  const { row, index, before, after } = changed;
  const changedObject = { ...object, attributes: set };
  if (after !== undefined) {
    checkConsistency(set, row);
    checkCount(set, object.objectType);
  }
  if (row.name === attributes.name.name) {
    const values = {
      before: (before as Name | undefined)?.nameValue,
      after: (after as Name | undefined)?.nameValue,
    };
    return await nameChange(changedObject, { index, ...values }, context);
  }
  const isInterval =
    row.name === attributes.autoReKeyIntervalInDays.name && object.familyId !== null;
  return isInterval ? await intervalChange(changedObject, context) : { put: [changedObject] };
}
