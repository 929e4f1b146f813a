import { createHmac, type KeyObject } from "node:crypto";
import { lengthPrefixed } from "./length-prefixed.ts";

/**
 * A search term: 64 bits, signed, that stand for labelled bytes. Equal label and parts give the same term, and
 * without the key nobody can tell from it what they were.
 */
export function term(indexKey: KeyObject, label: string, ...parts: readonly Uint8Array[]): bigint {
  const fields = lengthPrefixed("akm/term/v1", label, ...parts);
  return createHmac("sha256", indexKey).update(fields).digest().readBigInt64BE();
}
