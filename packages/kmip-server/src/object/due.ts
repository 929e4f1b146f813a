import { attributes } from "@akm/kmip-model";
import { type AttributeSet, one } from "./attribute-set.ts";

/** What the moment of an automatic re-key hangs on beside the key's attributes. */
export interface DueInput {
  /** When the interval was last set, in seconds since 1970. */
  readonly setAt: bigint;
  /** An IANA name. */
  readonly timeZone: string;
}

const secondsPerDay = 86_400n;

/**
 * When a key of these attributes rolls by itself: the first midnight after the later of Initial Date + interval and the moment when the
 * interval was last set; `null` for never. Seconds since 1970.
 */
export function dueMoment(set: AttributeSet, { setAt, timeZone }: DueInput): bigint | null {
  const intervalDays = one(set, attributes.autoReKeyIntervalInDays) ?? 0;
  if (intervalDays <= 0) return null;
  const elapsed =
    (one(set, attributes.initialDate) ?? setAt) + BigInt(intervalDays) * secondsPerDay;
  return midnightAfter(elapsed > setAt ? elapsed : setAt, timeZone);
}

/**
 * The first instant of the day after the one in which `moment` lies. A midnight that a change of clocks leaves out is
 * the first instant of that day.
 */
export function midnightAfter(moment: bigint, timeZone: string): bigint {
  const dayOf = dayIn(timeZone);
  const today = dayOf(moment);
  // A day has 23 to 25 hours, or a little more where a zone moved over the date line.
  let before = moment;
  let after = moment + 2n * secondsPerDay;
  while (after - before > 1n) {
    const middle = (before + after) / 2n;
    if (dayOf(middle) === today) before = middle;
    else after = middle;
  }
  return after;
}

function dayIn(timeZone: string): (moment: bigint) => string {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return (moment) => format.format(Number(moment) * 1000);
}
