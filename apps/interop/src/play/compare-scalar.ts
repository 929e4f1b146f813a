import type { Item } from "@akm/ttlv";
import { textOf } from "../xml/members.ts";
import type { Pattern } from "../xml/pattern.ts";
import { readValue, type ScalarType, writeValue } from "../xml/value-text.ts";
import { type Bindings, isNow, isPlaceholder } from "./bindings.ts";
import { type Difference, shortItemText, shortText } from "./difference.ts";
import { isFree, isMadeByServer } from "./tolerance.ts";

/** What a single value is judged by. */
export interface ScalarContext {
  readonly path: string;
  readonly bindings: Bindings;
  /** Seconds since 1970. */
  readonly nowSeconds: number;
}

type Scalar = Pattern & { readonly type: ScalarType };

/** How far the clocks of player and server may be apart. */
const skewSeconds = 60;

/** How a single value differs from that of the case: not at all, or in one way. */
export function compareScalar(
  pattern: Scalar,
  item: Item,
  context: ScalarContext,
): readonly Difference[] {
  const { path } = context;
  if (pattern.type !== item.type) {
    return [{ path, expected: `${pattern.type} ${shortText(pattern)}`, got: item.type }];
  }
  const text = textOf(item, pattern.attributeName);
  if (isAccepted(pattern, text, context)) return [];
  const expected = { ...pattern, text: context.bindings.resolve(pattern.text) ?? pattern.text };
  return [{ path, expected: shortText(expected), got: shortItemText(item, pattern.attributeName) }];
}

function isAccepted(pattern: Scalar, actual: string, context: ScalarContext): boolean {
  const { bindings } = context;
  if (isFree(pattern.tag) || pattern.text === "$ANY") return true;
  const known = bindings.resolve(pattern.text);
  if (known === undefined) return bindings.bind(pattern.text, actual);
  const expected = normal(pattern, known);
  if (expected === actual) return true;
  if (isNow(pattern.text)) return isNear(expected, actual, context);
  if (isPlaceholder(pattern.text) || bindings.wasSent(pattern.text)) return false;
  // A date that the client has not sent is the server's own.
  if (pattern.type === "DateTime") return true;
  if (!isMadeByServer(pattern.tag)) return false;
  return expected.length === actual.length && bindings.isConsistent(expected, actual);
}

/** A date that is told from `$NOW` lies between the beginning of the conversation and this answer. */
function isNear(
  expected: string,
  actual: string,
  { bindings, nowSeconds }: ScalarContext,
): boolean {
  const later = (Date.parse(actual) - Date.parse(expected)) / 1000;
  return later >= -skewSeconds && later <= nowSeconds - bindings.startSeconds + skewSeconds;
}

/** The text as it would be written from its value: digits in place of names, one spelling of a date. */
function normal({ type, tag, attributeName }: Scalar, text: string): string {
  const value = readValue(type, text, { tag, attributeName });
  return value === undefined
    ? text
    : writeValue({ tag, type, value } as Item, { tag, attributeName });
}
