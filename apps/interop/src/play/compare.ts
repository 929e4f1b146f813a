import { tags } from "@akm/kmip-model";
import type { Item } from "@akm/ttlv";
import { batchItemsOf, memberText, textOf } from "../xml/members.ts";
import { nameOf } from "../xml/names.ts";
import type { Pattern } from "../xml/pattern.ts";
import type { Bindings } from "./bindings.ts";
import { compareScalar } from "./compare-scalar.ts";
import { type Difference, nothing, shortItemText, shortText } from "./difference.ts";
import { type Asked, askedBy, isUnordered, mayBeAbsent, mayBeAdded } from "./tolerance.ts";

/** What an answer is judged by, beside the pattern. */
export interface Exchange {
  readonly request: Item;
  readonly bindings: Bindings;
  /** Seconds since 1970. */
  readonly nowSeconds: number;
}

interface At extends Exchange {
  readonly path: string;
  readonly asked: Asked;
}

type Structured = Pattern & { readonly type: "Structure" };

/**
 * Where an answer differs from the pattern: what is missing, what is too much, what is another value, and what stands in
 * another order. What may vary (Symmetric Key Lifecycle profile §4.7) is no difference. Placeholders get their values.
 */
export function compare(pattern: Pattern, answer: Item, exchange: Exchange): readonly Difference[] {
  return compareItem(pattern, answer, { ...exchange, path: "", asked: askedBy(undefined) });
}

function compareItem(pattern: Pattern, item: Item, at: At): readonly Difference[] {
  if (pattern.type !== "Structure") return compareScalar(pattern, item, at);
  if (item.type !== "Structure") {
    return [{ path: at.path, expected: pattern.type, got: item.type }];
  }
  return compareStructure(pattern, item.value, at);
}

/** Goes through both structures, one run of items with the same tag after another. */
function compareStructure(
  pattern: Structured,
  items: readonly Item[],
  at: At,
): readonly Difference[] {
  const found = runsOf(items);
  const differences: Difference[] = [];
  let next = 0;
  for (const wanted of runsOf(pattern.items)) {
    const tag = wanted[0]?.tag ?? 0;
    const place = found.findIndex((run, index) => index >= next && run[0]?.tag === tag);
    if (place < 0) {
      differences.push(...wanted.flatMap((each) => missing(each, pattern, at)));
      continue;
    }
    const between = found.slice(next, place).flat();
    differences.push(...between.flatMap((each) => added(each, pattern, at)));
    differences.push(...compareRun(wanted, found[place] ?? [], { pattern, at }));
    next = place + 1;
  }
  const rest = found.slice(next).flat();
  return [...differences, ...rest.flatMap((each) => added(each, pattern, at))];
}

function runsOf<Each extends { readonly tag: number }>(items: readonly Each[]): readonly Each[][] {
  const runs: Each[][] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (last?.[0]?.tag === item.tag) last.push(item);
    else runs.push([item]);
  }
  return runs;
}

interface Parent {
  readonly pattern: Structured;
  readonly at: At;
}

function compareRun(
  wanted: readonly Pattern[],
  found: readonly Item[],
  { pattern, at }: Parent,
): readonly Difference[] {
  const left = [...found];
  const differences = wanted.flatMap((each, index) => {
    const place = isUnordered(each.tag, at.asked)
      ? left.findIndex((item) => keyOfItem(item) === keyOf(each, at.bindings))
      : 0;
    const [item] = place < 0 ? [] : left.splice(place, 1);
    if (item === undefined) return missing(each, pattern, at);
    const step = wanted.length + found.length > 2 ? `[${keyOfItem(item) || index}]` : "";
    return compareItem(each, item, within(each.tag, step, { at, index }));
  });
  return [...differences, ...left.flatMap((each) => added(each, pattern, at))];
}

function within(tag: number, step: string, { at, index }: { at: At; index: number }): At {
  const path = `${at.path === "" ? "" : `${at.path}/`}${nameOf(tag)}${step}`;
  if (tag !== tags.BatchItem) return { ...at, path };
  return { ...at, path, asked: askedBy(batchItemsOf(at.request)[index]) };
}

/** By what the items of a list are told apart: an attribute by its name, what has a value by that. */
function keyOfItem(item: Item): string {
  if (item.tag === tags.BatchItem) return "";
  if (item.type !== "Structure") return textOf(item);
  return memberText(item, tags.AttributeName) ?? memberText(item, tags.ExtensionName) ?? "";
}

function keyOf(pattern: Pattern, bindings: Bindings): string {
  if (pattern.type !== "Structure") return bindings.resolve(pattern.text) ?? pattern.text;
  const keys: readonly number[] = [tags.AttributeName, tags.ExtensionName];
  const key = pattern.items.find(({ tag }) => keys.includes(tag));
  return key === undefined ? "" : keyOf(key, bindings);
}

function missing(pattern: Pattern, parent: Structured, at: At): readonly Difference[] {
  const text = pattern.type === "Structure" ? "" : pattern.text;
  if (mayBeAbsent(pattern.tag, text, parent.tag)) return [];
  const path = pathOf(pattern, keyOf(pattern, at.bindings), at);
  return [{ path, expected: shortText(pattern), got: nothing }];
}

function added(item: Item, parent: Structured, at: At): readonly Difference[] {
  if (mayBeAdded(item, parent.tag, at.asked)) return [];
  return [{ path: pathOf(item, keyOfItem(item), at), expected: nothing, got: shortItemText(item) }];
}

/** What is told apart by a key bears it: `Attribute[State]`. */
function pathOf({ tag, type }: Pick<Item, "tag" | "type">, key: string, at: At): string {
  const isKeyed = key !== "" && (type === "Structure" || isUnordered(tag, at.asked));
  return `${at.path === "" ? "" : `${at.path}/`}${nameOf(tag)}${isKeyed ? `[${key}]` : ""}`;
}
