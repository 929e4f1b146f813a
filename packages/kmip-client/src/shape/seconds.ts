/** A moment: seconds since 1970, as answers give it, or a `Date`. */
export type Seconds = bigint | Date;

/** Seconds for a `Date`, whose fraction is cut off; anything else as it is. Throws RangeError for an invalid Date. */
export function seconds(value: Date): bigint;
export function seconds(value: unknown): unknown;
export function seconds(value: unknown): unknown {
  return value instanceof Date ? BigInt(Math.floor(value.getTime() / 1000)) : value;
}
