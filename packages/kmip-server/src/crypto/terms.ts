import { createHmac, type KeyObject } from "node:crypto";
import { LengthPrefixedWriter } from "./length-prefixed.ts";

const fields = new LengthPrefixedWriter();

/**
 * A search term: 64 bits, signed, that stand for labelled bytes. Equal label and parts give the same term, and
 * without the key nobody can tell from it what they were.
 */
export function term(indexKey: KeyObject, label: string, ...parts: readonly Uint8Array[]): bigint {
  fields.begin().part("akm/term/v1").part(label);
  for (const part of parts) fields.part(part);
  return createHmac("sha256", indexKey).update(fields.written()).digest().readBigInt64BE();
}
