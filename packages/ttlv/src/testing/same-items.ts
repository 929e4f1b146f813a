import type { RawItem } from "../item.ts";
import { rawItem } from "../raw-item.ts";

/**
 * Whether two raw items have the same bytes, wherever they stand; `undefined` where one of the two is none. For
 * `expect.addEqualityTesters`: an item that was decoded is a view with getters, one that was encoded a plain object.
 */
export function sameItems(left: unknown, right: unknown): boolean | undefined {
  if (!isItem(left) || !isItem(right)) return undefined;
  const [one, other] = [left.bytes, right.bytes];
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

function isItem(value: unknown): value is RawItem {
  return typeof value === "object" && value !== null && rawItem.holds(value);
}
