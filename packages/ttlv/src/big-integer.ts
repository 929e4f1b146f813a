import { faultAt, type Reader } from "./reader.ts";
import { reserve, type Writer } from "./writer.ts";

/**
 * The signed number of `length` bytes (a multiple of 8 above 0) at `at`, in time linear in `length`.
 *
 * @throws Fault `BadValue` when a whole word is only sign extension: it would not re-encode to the same bytes.
 *   KMIP 1.1 §9.1.1.4.
 */
export function readBigInteger(reader: Reader, at: number, length: number): bigint {
  const first = reader.view.getBigInt64(at);
  if (length === 8) return first;
  if (first === reader.view.getBigInt64(at + 8) >> 63n) {
    throw faultAt(reader, "BadValue", at, "a whole word is sign extension");
  }
  let digits = "0x";
  for (let i = at; i < at + length; i += 8) {
    digits += reader.view.getBigUint64(i).toString(16).padStart(16, "0");
  }
  return BigInt.asIntN(8 * length, BigInt(digits));
}

/** The bytes of `value` on the wire: the least multiple of 8 that holds it with its sign. */
export function bigIntegerBytes(value: bigint): number {
  if (BigInt.asIntN(64, value) === value) return 8;
  const digits = (value < 0n ? ~value : value).toString(16);
  const bits = 4 * digits.length - (Math.clz32(Number.parseInt(digits.charAt(0), 16)) - 28);
  return 8 * Math.ceil((bits + 1) / 64);
}

/** Writes `value` as `length` bytes, from `bigIntegerBytes`. */
export function writeBigInteger(writer: Writer, value: bigint, length: number): void {
  reserve(writer, length);
  const digits = BigInt.asUintN(8 * length, value)
    .toString(16)
    .padStart(2 * length, "0");
  for (let i = 0; i < digits.length; i += 8) {
    writer.view.setUint32(writer.at, Number.parseInt(digits.slice(i, i + 8), 16));
    writer.at += 4;
  }
}
