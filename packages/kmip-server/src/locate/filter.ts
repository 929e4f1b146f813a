import { type AttributeRow, attributes } from "@akm/kmip-model";
import { type AttributeSet, all, one } from "../object/attribute-set.ts";
import {
  comparedParts,
  hasTerms,
  searchTerms,
  type TermOf,
  tellingParts,
} from "../object/terms.ts";

/** One condition of a search: the index proposes by its terms, the row is asked whether it matches. */
export interface Filter {
  readonly row: AttributeRow;
  /** The identifier of the only object that can match, where the filter names one. */
  readonly identifier?: string;
  /** Whether few objects match: those of one name. */
  readonly isTelling: boolean;
  /** What an object has in the index if it matches; nothing where the index cannot tell. */
  terms(termOf: TermOf): readonly bigint[];
  /** Whether one of the attribute's instances is as the filter wants it. */
  matches(searched: AttributeSet): boolean;
}

/** Attributes whose values one key has, or its instances. */
const naming: readonly string[] = [attributes.name.name, attributes.keyName.name];

const identifying: readonly string[] = [attributes.uniqueIdentifier.name, attributes.instance.name];

/**
 * Matches an instance that has all parts of `value`: its bits, its fields, else the value itself, compared exactly, byte
 * by byte, and with its type. KMIP 1.1 §4.9.
 */
export function valueFilter(row: AttributeRow, value: unknown): Filter {
  const wanted = comparedParts(row, value);
  const holds = (instance: unknown): boolean => {
    const { type, parts } = comparedParts(row, instance);
    return (
      type === wanted.type &&
      wanted.parts.every((part) => parts.some((other) => part.equals(other)))
    );
  };
  return {
    row,
    ...(identifying.includes(row.name) ? { identifier: value as string } : {}),
    isTelling: naming.includes(row.name) && tellingParts(wanted).length > 0,
    terms: (termOf) => (hasTerms(row) ? searchTerms(row, wanted, termOf) : []),
    matches: (searched) => all(searched, row).some((instance) => holds(instance.value)),
  };
}

/** The largest Date-Time, which stands for an undefined date. KMIP 1.1 §4.9. */
const undefinedDate = 2n ** 63n - 1n;

/** A range of dates, in seconds since 1970, both ends included. */
export interface DateRange {
  readonly from: bigint;
  readonly to: bigint;
}

/** Matches a date within a range; an object that could have the date and has none counts as the largest date. */
export function dateFilter(row: AttributeRow<bigint>, { from, to }: DateRange): Filter {
  return {
    row,
    isTelling: false,
    terms: () => [],
    matches(searched) {
      const date = one(searched, row) ?? (mayHave(searched, row) ? undefinedDate : undefined);
      return date !== undefined && from <= date && date <= to;
    },
  };
}

/** Templates are searched by their own attributes only. KMIP 1.1 §2.2.6. */
function mayHave(searched: AttributeSet, { template }: AttributeRow): boolean {
  return one(searched, attributes.objectType) !== "Template" || template === "own";
}
