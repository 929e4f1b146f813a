/** What the moment of an automatic re-key hangs on. Dates are seconds since 1970. */
export interface DueInput {
  /** y-Auto Re-key Interval In Days; 0 for never. */
  readonly intervalDays: number;
  readonly initialDate: bigint;
  /** When the interval was last set. */
  readonly setAt: bigint;
  /** An IANA name. */
  readonly timeZone: string;
}

const secondsPerDay = 86_400n;

/**
 * When a key rolls by itself: the first midnight after the later of Initial Date + interval and the moment when the
 * interval was last set; `null` for never. Seconds since 1970.
 */
export function dueMoment({ intervalDays, initialDate, setAt, timeZone }: DueInput): bigint | null {
  if (intervalDays <= 0) return null;
  const elapsed = initialDate + BigInt(intervalDays) * secondsPerDay;
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
