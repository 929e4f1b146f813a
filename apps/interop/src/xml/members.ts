import { tags } from "@akm/kmip-model";
import type { Item } from "@akm/ttlv";
import { writeValue } from "./value-text.ts";

/** The items in a structure that bear a tag; none where there is no structure. */
export function membersOf(item: Item | undefined, tag: number): readonly Item[] {
  return item?.type === "Structure" ? item.value.filter((each) => each.tag === tag) : [];
}

/** The first of them. */
export function memberOf(item: Item | undefined, tag: number): Item | undefined {
  return membersOf(item, tag)[0];
}

/** The value of an item as XML writes it, names in place of numbers; empty for structures and for nothing. */
export function textOf(item: Item | undefined, attributeName?: string): string {
  return item === undefined || item.type === "Structure"
    ? ""
    : writeValue(item, { tag: item.tag, attributeName });
}

/** The text of the first item with a tag, `undefined` where there is none. */
export function memberText(item: Item | undefined, tag: number): string | undefined {
  const member = memberOf(item, tag);
  return member === undefined ? undefined : textOf(member);
}

/** The batch items of a message. */
export function batchItemsOf(message: Item | undefined): readonly Item[] {
  return membersOf(message, tags.BatchItem);
}
