import { type AttributeRow, attributes, KmipError } from "@akm/kmip-model";
import { type AttributeSet, all, one, withOne } from "../object/attribute-set.ts";

/** The dates that move with the Activation Date. KMIP 1.1 §4.4. */
const moving: readonly AttributeRow<bigint>[] = [
  attributes.activationDate,
  attributes.processStartDate,
  attributes.protectStopDate,
  attributes.deactivationDate,
];

/**
 * Refuses a request that both moves dates and sets them.
 *
 * @throws KmipError `InvalidMessage`. KMIP 1.1 §11.5
 */
export function checkOffset(offset: number | undefined, given: AttributeSet): void {
  const set = moving.find((row) => all(given, row).length > 0);
  if (offset === undefined || set === undefined) return;
  throw new KmipError("InvalidMessage", `Offset and ${set.name} are given together`);
}

/**
 * The attributes of a key with the dates of its replacement: as they are, or, with an Offset, moved so that it goes into
 * service that many seconds after `now`.
 *
 * @throws KmipError `IllegalOperation` without an Activation Date, `InvalidField` where a date leaves the calendar.
 * KMIP 1.1 §4.4, §11.5
 */
export function moved(set: AttributeSet, offset: number | undefined, now: bigint): AttributeSet {
  if (offset === undefined) return set;
  const activation = one(set, attributes.activationDate);
  if (activation === undefined)
    throw new KmipError("IllegalOperation", "Offset is given, and the key has no Activation Date");
  const by = now + BigInt(offset) - activation;
  return moving.reduce((dated, row) => {
    const date = one(set, row);
    return date === undefined ? dated : withOne(dated, row, representable(row, date + by));
  }, set);
}

/** A Date-Time has 64 bits. KMIP 1.1 §9.1.1.4. */
function representable({ name }: AttributeRow, date: bigint): bigint {
  if (BigInt.asIntN(64, date) === date) return date;
  throw new KmipError(
    "InvalidField",
    `${name} of the replacement would be ${date}, beyond 64 bits`,
  );
}
