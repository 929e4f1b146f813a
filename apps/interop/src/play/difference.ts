import { isSecretTag } from "@akm/kmip-model";
import type { Item } from "@akm/ttlv";
import { nameOf } from "../xml/names.ts";
import { type Pattern, patternOfItem } from "../xml/pattern.ts";

/** Where an answer is not the expected one. */
export interface Difference {
  /** `BatchItem[1]/ResponsePayload/Attribute[State]/AttributeValue`. */
  readonly path: string;
  /** What the case has there, `nothing` where it has nothing. */
  readonly expected: string;
  /** What came, `nothing` where nothing came. */
  readonly got: string;
}

/** Stands in a difference where there is nothing on that side. */
export const nothing = "nothing";

/** A pattern in a line, without key bytes. */
export function shortText(pattern: Pattern): string {
  if (pattern.type !== "Structure") {
    if (!isSecretTag(pattern.tag)) return pattern.text;
    return `[hidden ${pattern.type}]`;
  }
  const inner = pattern.items.map((each) => `${nameOf(each.tag)} ${shortText(each)}`);
  return `{ ${inner.join(", ")} }`;
}

/** An item in a line, without key bytes. */
export function shortItemText(item: Item, attributeName?: string): string {
  return shortText(patternOfItem(item, attributeName));
}
