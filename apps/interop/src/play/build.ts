import type { Item } from "@akm/ttlv";
import { Failure } from "../failure.ts";
import { nameOf } from "../xml/names.ts";
import type { Pattern } from "../xml/pattern.ts";
import { readValue } from "../xml/value-text.ts";
import type { Bindings } from "./bindings.ts";

/** A placeholder that a request needs and no answer has given. */
export class Unbound extends Error {
  override readonly name = "Unbound";
}

/**
 * The message that a pattern stands for, with the values that placeholders have by now.
 *
 * @throws Unbound where one has none  @throws Failure `case` for a text that is no value of its type
 */
export function buildItem(pattern: Pattern, bindings: Bindings): Item {
  const { tag, type } = pattern;
  if (pattern.type === "Structure") {
    return {
      tag,
      type: pattern.type,
      value: pattern.items.map((each) => buildItem(each, bindings)),
    };
  }
  const text = bindings.resolve(pattern.text);
  if (text === undefined) throw new Unbound(`${pattern.text} has no value yet`);
  const value = readValue(pattern.type, text, pattern);
  if (value === undefined) {
    throw new Failure("case", `${nameOf(tag)}: ${JSON.stringify(text)} is no ${type}`);
  }
  bindings.noteSent(pattern.text);
  return { tag, type, value } as Item;
}
