import { CryptoError } from "./error.ts";

/** The parts one after the other, each behind its length of four bytes: no two lists give the same bytes. Text is UTF-8. */
export function lengthPrefixed(...parts: readonly (string | Uint8Array)[]): Uint8Array {
  const fields = parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part));
  const bytes = Buffer.allocUnsafe(fields.reduce((sum, field) => sum + 4 + field.length, 0));
  let offset = 0;
  for (const field of fields) {
    offset = bytes.writeUInt32BE(field.length, offset);
    bytes.set(field, offset);
    offset += field.length;
  }
  return bytes;
}

/** The parts of a list that `lengthPrefixed` wrote, as views. Throws `CryptoError` `BadRecord` for any other bytes. */
export function splitLengthPrefixed(bytes: Uint8Array): readonly Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const end = offset + 4 <= bytes.length ? offset + 4 + view.getUint32(offset) : Infinity;
    if (end > bytes.length) throw new CryptoError("BadRecord", `list cut short at byte ${offset}`);
    parts.push(bytes.subarray(offset + 4, end));
    offset = end;
  }
  return parts;
}

/** A number from 0 to 2^32 − 1 as four bytes, big-endian. Throws RangeError for another. */
export function uint32(value: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A whole number from 0 to 2^53 − 1 as eight bytes, big-endian. Throws RangeError for another. */
export function uint64(value: number): Uint8Array {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a safe integer`);
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
