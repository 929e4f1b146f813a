import { attributes } from "@akm/kmip-model";
import type { Context } from "../handler.ts";
import type { ManagedObject } from "../object/managed-object.ts";
import { searchedAttributes } from "../object/visible-attributes.ts";
import { ResponseTooLarge, responseBytesMax } from "../response-limit.ts";
import type { Question } from "./read-filters.ts";

/** Which of the hits are wanted: so many after the first few. */
export interface Window {
  readonly offset: number;
  /** `undefined` for all. */
  readonly most: number | undefined;
}

/** Bytes of one identifier in an answer. */
const identifierBytes = 32;

/** More hits than this fit into no answer. */
const hitsMax = Math.floor(responseBytesMax / identifierBytes);

/**
 * The identifiers of the objects that match, newest first, ties by the identifier's bytes; it looks no further than the
 * last one that is wanted.
 *
 * @throws ResponseTooLarge as soon as no answer can hold the hits
 */
export async function hits(
  question: Question,
  { offset, most = Number.POSITIVE_INFINITY }: Window,
  context: Context,
): Promise<readonly string[]> {
  const found: string[] = [];
  let passed = 0;
  for await (const page of candidates(question, context)) {
    for (const object of page) {
      if (!isHit(object, question, context)) continue;
      passed += 1;
      if (passed > offset) found.push(object.id);
      if (found.length === most) return found;
      if (found.length > hitsMax)
        throw new ResponseTooLarge("more objects match than an answer can name");
    }
  }
  return found;
}

/** A superset of the hits that the session may see. */
async function* candidates(
  { filters, initialDates }: Question,
  { objects }: Context,
): AsyncGenerator<readonly ManagedObject[]> {
  const identifier = filters.find((filter) => filter.identifier !== undefined)?.identifier;
  if (identifier !== undefined) {
    const object = await objects.visible(identifier);
    if (object !== undefined) yield [object];
    return;
  }
  const terms = filters.flatMap((filter) => filter.terms(objects.termOf));
  const areFew = filters.some(({ isTelling }) => isTelling);
  yield* objects.search({ terms: [...new Set(terms)], areFew, ...initialDates });
}

function isHit(object: ManagedObject, { filters }: Question, { objects, now }: Context): boolean {
  const wantsDigest = filters.some(({ row }) => row.name === attributes.digest.name);
  const searched = searchedAttributes(
    object,
    now,
    wantsDigest ? objects.digest(object) : undefined,
  );
  return filters.every((filter) => filter.matches(searched));
}
