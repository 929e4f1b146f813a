import type { AttributeRow } from "@akm/kmip-model";

/** One value of an attribute under its index. */
export interface Instance<T = unknown> {
  readonly index: number;
  readonly value: T;
}

/** The living instances of one attribute, and the index that the next one gets: an index is never used again. */
export interface Slot {
  readonly next: number;
  readonly instances: readonly Instance[];
}

/** The attributes of an object by name. A value: every change makes a new one. */
export type AttributeSet = ReadonlyMap<string, Slot>;

const empty: Slot = { next: 0, instances: [] };

/** No attributes. */
export const noAttributes: AttributeSet = new Map();

/** All instances of an attribute, by index ascending. */
export function all<T>(set: AttributeSet, row: AttributeRow<T>): readonly Instance<T>[] {
  return (set.get(row.name)?.instances ?? []) as readonly Instance<T>[];
}

/** The value of an attribute that has one instance at the most. */
export function one<T>(set: AttributeSet, row: AttributeRow<T>): T | undefined {
  return all(set, row)[0]?.value;
}

/** The instance at an index. */
export function at<T>(
  set: AttributeSet,
  row: AttributeRow<T>,
  index: number,
): Instance<T> | undefined {
  return all(set, row).find((instance) => instance.index === index);
}

/** How many instances there are of all attributes together. */
export function countInstances(set: AttributeSet): number {
  let count = 0;
  for (const { instances } of set.values()) count += instances.length;
  return count;
}

/** The index that a new instance would get: always 0 where there is but one. KMIP 1.1 §2.1.1. */
export function nextIndex(set: AttributeSet, { name, many }: AttributeRow): number {
  return many ? (set.get(name)?.next ?? 0) : 0;
}

/** With one more instance, under the next free index. */
export function withAdded<T>(set: AttributeSet, row: AttributeRow<T>, value: T): AttributeSet {
  const index = nextIndex(set, row);
  const { instances } = set.get(row.name) ?? empty;
  return withSlot(set, row.name, {
    next: index + 1,
    instances: [...instances, { index, value }],
  });
}

/** With another value for the instance at `index`. */
export function withReplaced<T>(
  set: AttributeSet,
  row: AttributeRow<T>,
  { index, value }: Instance<T>,
): AttributeSet {
  const { next, instances } = set.get(row.name) ?? empty;
  const replaced = instances.map((instance) =>
    instance.index === index ? { index, value } : instance,
  );
  return withSlot(set, row.name, { next, instances: replaced });
}

/** Without the instance at `index`, which stays used. */
export function without(set: AttributeSet, { name }: AttributeRow, index: number): AttributeSet {
  const { next, instances } = set.get(name) ?? empty;
  return withSlot(set, name, {
    next,
    instances: instances.filter((instance) => instance.index !== index),
  });
}

/** Without any instance; all indices that were given stay used. */
export function withoutAll(set: AttributeSet, { name }: AttributeRow): AttributeSet {
  const slot = set.get(name);
  return slot === undefined ? set : withSlot(set, name, { next: slot.next, instances: [] });
}

/** With this as the only value, at index 0: for attributes that have one instance at the most. */
export function withOne<T>(set: AttributeSet, row: AttributeRow<T>, value: T): AttributeSet {
  return withSlot(set, ...only(row, value));
}

/** An attribute of a set: where many are put at once, they make up one set instead of one each. */
export type NamedSlot = readonly [name: string, slot: Slot];

/** The attribute with this as its only value, at index 0. */
export function only<T>({ name }: AttributeRow<T>, value: T): NamedSlot {
  return [name, { next: 1, instances: [{ index: 0, value }] }];
}

/** With these values in this order, numbered anew from 0. */
export function withAll<T>(
  set: AttributeSet,
  row: AttributeRow<T>,
  values: readonly T[],
): AttributeSet {
  return withSlot(set, row.name, numbered(values));
}

/** Every attribute that has a value, its instances numbered anew from 0 in their order. */
export function renumbered(set: AttributeSet): AttributeSet {
  const present = [...set].filter(([, { instances }]) => instances.length > 0);
  return new Map(
    present.map(([name, { instances }]) => [name, numbered(instances.map(({ value }) => value))]),
  );
}

function numbered(values: readonly unknown[]): Slot {
  return { next: values.length, instances: values.map((value, index) => ({ index, value })) };
}

function withSlot(set: AttributeSet, name: string, slot: Slot): AttributeSet {
  return new Map(set).set(name, slot);
}
