import { tagMax } from "./item.ts";
import type { Type } from "./type.ts";

/** How often a field stands in its structure: once, at most once, any number of times. */
export type Presence = "required" | "optional" | "repeated";

/** What a field may say besides its tag and type. */
export interface FieldOptions {
  /** The edition from which the field exists; left out, it always did. */
  readonly since?: number;
  /** Known and written at every edition, although it is newer. */
  readonly always?: boolean;
}

/** A member of a structure. */
export interface Field<T, P extends Presence> extends FieldOptions {
  readonly tag: number;
  readonly type: Type<T>;
  readonly presence: P;
  /** The least number of items of a repeated field. */
  readonly atLeast: number;
}

/** The members of a structure; the order of the properties is the order on the wire. */
// biome-ignore lint/suspicious/noExplicitAny: a field of any value type; `unknown` would refuse them all
export type Fields = Readonly<Record<string, Field<any, Presence>>>;

/** A member that stands exactly once. At an edition before its `since` it is absent, whatever its type says. */
export function required<T>(
  tag: number,
  type: Type<T>,
  options: FieldOptions = {},
): Field<T, "required"> {
  return { ...options, tag: checkedTag(tag), type, presence: "required", atLeast: 1 };
}

/** A member that stands at most once; absent, the property is absent too. */
export function optional<T>(
  tag: number,
  type: Type<T>,
  options: FieldOptions = {},
): Field<T, "optional"> {
  return { ...options, tag: checkedTag(tag), type, presence: "optional", atLeast: 0 };
}

/** A member that stands any number of times, one after another; absent, the array is empty. */
export function repeated<T>(
  tag: number,
  type: Type<T>,
  options: FieldOptions & { readonly atLeast?: number } = {},
): Field<T, "repeated"> {
  return { atLeast: 0, ...options, tag: checkedTag(tag), type, presence: "repeated" };
}

function checkedTag(tag: number): number {
  if (tag >= 0 && tag <= tagMax && Number.isInteger(tag)) return tag;
  throw new RangeError(`${tag} is no tag`);
}
