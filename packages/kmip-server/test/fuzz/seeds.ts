import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { operations, tags, v1_1 } from "@akm/kmip-model";
import { anyItem, decode, encode, type Item } from "@akm/ttlv";
import { arbitrary } from "@akm/ttlv/testing";
import * as fc from "fast-check";
import { item, message } from "../support/wire.ts";
import { createGrammar, fuzzedOperations } from "./grammar.ts";
import { identifierPlaceholder } from "./placeholder.ts";
import type { Random } from "./random.ts";

/** A message from which others are made, as bytes and as items. */
export interface Seed {
  readonly bytes: Uint8Array;
  readonly root: Item;
}

const grammarSeeds = 2_000;
const samplesEach = 32;

/** The seeds of a run: messages of the grammar, of the declarations, and the published ones. */
export function createSeeds(seed: number, random: Random): readonly Seed[] {
  const grammar = createGrammar(seed);
  return [
    ...Array.from({ length: grammarSeeds }, () => grammar(random)),
    ...declared(seed),
    ...published(),
  ].map((bytes) => ({ bytes, root: decode(tags.RequestMessage, anyItem, bytes) }));
}

/** Messages with any payload that an operation's declaration allows. */
function declared(seed: number): readonly Uint8Array[] {
  return fuzzedOperations.flatMap((name) => {
    const { request } = operations[name as "Create"];
    const values = fc.sample(arbitrary(request), { seed, numRuns: samplesEach });
    return values.map((value) => {
      const encoded = encode(tags.RequestPayload, request, value, { edition: v1_1 });
      const payload = decode(tags.RequestPayload, anyItem, encoded);
      return message(1, [item(name as "Create", itemsOf(withPlaceholders(payload)))]);
    });
  });
}

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const folder = resolve(root, process.env["AKM_VECTORS"] ?? "../shared/vectors", "hex");
const files = ["kmip-testcases-1.1.json", "kmip-usecases-1.0.json", "interop-captures.json"];

/** The requests of the published test cases; none where the folder of vectors is not there. */
function published(): readonly Uint8Array[] {
  const rows = files
    .map((file) => resolve(folder, file))
    .filter(existsSync)
    .flatMap(
      (file) =>
        JSON.parse(readFileSync(file, "utf8")) as {
          kind: string;
          hex: string;
          ttlvStrict: boolean;
        }[],
    );
  return rows
    .filter(({ kind, ttlvStrict }) => kind === "request" && ttlvStrict)
    .map(({ hex }) => decode(tags.RequestMessage, anyItem, Buffer.from(hex, "hex")))
    .map((whole) => encode(tags.RequestMessage, anyItem, withPlaceholders(whole)));
}

/** The item with the placeholder in every Unique Identifier. */
function withPlaceholders(one: Item): Item {
  if (one.type === "Structure") return { ...one, value: one.value.map(withPlaceholders) };
  const isIdentifier = one.tag === tags.UniqueIdentifier && one.type === "TextString";
  return isIdentifier ? { ...one, value: identifierPlaceholder } : one;
}

function itemsOf(one: Item): readonly Item[] {
  return one.type === "Structure" ? one.value : [];
}
