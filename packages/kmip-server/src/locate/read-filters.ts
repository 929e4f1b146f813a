import {
  type AttributeRow,
  type AttributeStructure,
  attributeNamed,
  attributes,
  type Edition,
  KmipError,
  type operations,
  type RequestOf,
  readAttribute,
} from "@akm/kmip-model";
import { checkPolicyName } from "../guard/values.ts";
import { type DateRange, dateFilter, type Filter, valueFilter } from "./filter.ts";

type Request = RequestOf<typeof operations.Locate>;

/** What a Locate asks for: all filters must match. */
export interface Question {
  readonly filters: readonly Filter[];
  /** The Initial Dates among which the index is to look, where a filter says so. */
  readonly initialDates?: DateRange;
}

/**
 * The filters of a request, those within a Template-Attribute too: one widespread firewall client sends them so.
 *
 * @throws KmipError `InvalidField` for a filter that cannot be understood: it never vanishes. KMIP 1.1 §11.10
 */
export function readFilters({ attribute, templateAttribute }: Request, edition: Edition): Question {
  if (templateAttribute !== undefined && templateAttribute.name.length > 0) {
    throw new KmipError("InvalidField", "a template is named, and Locate uses none");
  }
  const filters: Filter[] = [];
  const dates = new Map<AttributeRow<bigint>, bigint[]>();
  for (const structure of [...attribute, ...(templateAttribute?.attribute ?? [])]) {
    const row = searchable(structure);
    const { value } = readAttribute(row, structure, { edition, asFilter: true });
    checkPolicyName(row, value);
    if (isDate(row)) dates.set(row, [...(dates.get(row) ?? []), value as bigint]);
    else filters.push(valueFilter(row, value));
  }
  const ranges = new Map([...dates].map(([row, given]) => [row, rangeOf(row, given)]));
  for (const [row, range] of ranges) filters.push(dateFilter(row, range));
  const initialDates = ranges.get(attributes.initialDate);
  return { filters, ...(initialDates === undefined ? {} : { initialDates }) };
}

function searchable({ attributeName }: AttributeStructure): AttributeRow {
  const row = attributeNamed(attributeName);
  if (row?.offered === true) return row;
  const why = row === undefined ? "does not exist" : "is not supported";
  throw new KmipError("InvalidField", `attribute ${attributeName} ${why}`);
}

function isDate(row: AttributeRow): row is AttributeRow<bigint> {
  return row.type.itemType === "DateTime";
}

/** One date is the whole range, two are its ends in either order. KMIP 1.1 §4.9. */
function rangeOf({ name }: AttributeRow, given: readonly bigint[]): DateRange {
  if (given.length > 2) throw new KmipError("InvalidField", `${name} stands ${given.length} times`);
  const [one = 0n, other = one] = given;
  return one <= other ? { from: one, to: other } : { from: other, to: one };
}
