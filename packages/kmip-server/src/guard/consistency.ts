import { type AttributeRow, attributes, KmipError } from "@akm/kmip-model";
import { type AttributeSet, one } from "../object/attribute-set.ts";

/** A rule between two attributes that holds wherever both have a value. */
interface PairRule {
  readonly rows: readonly [AttributeRow, AttributeRow];
  readonly text: string;
  readonly isBroken: (set: AttributeSet) => boolean;
}

/** The earlier date must not come after the later one. KMIP 1.1 §3.25, §3.26. */
function ordered(earlier: AttributeRow<bigint>, later: AttributeRow<bigint>): PairRule {
  return {
    rows: [earlier, later],
    text: `${later.name} is before ${earlier.name}`,
    isBroken(set) {
      const [from, to] = [one(set, earlier), one(set, later)];
      return from !== undefined && to !== undefined && to < from;
    },
  };
}

const rules: readonly PairRule[] = [
  ordered(attributes.activationDate, attributes.deactivationDate),
  ordered(attributes.activationDate, attributes.processStartDate),
  ordered(attributes.protectStopDate, attributes.deactivationDate),
  {
    rows: [attributes.autoReKeyIntervalInDays, attributes.reKeyPermitted],
    text: "y-Auto Re-key Interval In Days is set, and y-Re-key Permitted is false",
    isBroken: (set) =>
      (one(set, attributes.autoReKeyIntervalInDays) ?? 0) > 0 &&
      one(set, attributes.reKeyPermitted) === false,
  },
];

/**
 * Refuses attributes that contradict each other.
 *
 * @param changed  judges only the rules in which this attribute stands, so that dates which the server stamped itself
 * do not stand in the way of another change; absent: all rules
 * @throws KmipError `InvalidField`
 */
export function checkConsistency(set: AttributeSet, changed?: AttributeRow): void {
  for (const { rows, text, isBroken } of rules) {
    const concerned = changed === undefined || rows.some(({ name }) => name === changed.name);
    if (concerned && isBroken(set)) throw new KmipError("InvalidField", text);
  }
}
