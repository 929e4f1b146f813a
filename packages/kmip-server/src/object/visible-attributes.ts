import {
  type AttributeRow,
  attributeNamed,
  attributes,
  type Digest,
  isCustomName,
} from "@akm/kmip-model";
import { type AttributeSet, withAll, withOne } from "./attribute-set.ts";
import { isContent } from "./content.ts";
import { stateAt } from "./lifecycle.ts";
import type { ManagedObject } from "./managed-object.ts";

/**
 * All attributes that a client can see of an object at a moment, in the order of the registry, a client's own last:
 * those that are kept and those that are computed.
 *
 * @param digest  computed by the caller where it is asked for; `undefined` leaves the attribute out
 * @param now  seconds since 1970, server time
 */
export function visibleAttributes(
  object: ManagedObject,
  now: bigint,
  digest: Digest | undefined,
): AttributeSet {
  return inOrder(object.objectType === "Template" ? ofEvery(object) : ofKey(object, now, digest));
}

/**
 * What Locate sees of an object: all that a client can see of a key, and of a template its own attributes, never what it
 * hands on. KMIP 1.1 §2.2.6.
 */
export function searchedAttributes(
  object: ManagedObject,
  now: bigint,
  digest: Digest | undefined,
): AttributeSet {
  const visible = visibleAttributes(object, now, digest);
  return object.objectType === "Template" ? new Map([...visible].filter(isOwn)) : visible;
}

function isOwn([name]: readonly [string, unknown]): boolean {
  const row = attributeNamed(name);
  return row !== undefined && !isContent(row);
}

function ofEvery({ id, objectType, attributes: set }: ManagedObject): AttributeSet {
  return withOne(withOne(set, attributes.uniqueIdentifier, id), attributes.objectType, objectType);
}

function ofKey(object: ManagedObject, now: bigint, digest: Digest | undefined): AttributeSet {
  const dated = withOne(ofEvery(object), attributes.state, stateAt(object.attributes, now));
  const named = withOne(dated, attributes.instance, object.id);
  return digest === undefined ? named : withAll(named, attributes.digest, [digest]);
}

const order: ReadonlyMap<string, number> = new Map(
  Object.values(attributes as unknown as Record<string, AttributeRow>).map(({ name }, at) => [
    name,
    at,
  ]),
);

function inOrder(set: AttributeSet): AttributeSet {
  const present = [...set].filter(([, { instances }]) => instances.length > 0);
  return new Map(present.sort(([left], [right]) => rank(left) - rank(right)));
}

function rank(name: string): number {
  return isCustomName(name) ? order.size : (order.get(name) ?? order.size);
}
