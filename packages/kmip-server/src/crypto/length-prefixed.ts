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

/**
 * Writes what `lengthPrefixed` would, part by part and into memory that is used again: for what is made with every
 * request. Nothing secret goes in.
 */
export class LengthPrefixedWriter {
  #bytes = Buffer.allocUnsafeSlow(1024);
  #at = 0;

  /** Forgets what was written. */
  begin(): this {
    this.#at = 0;
    return this;
  }

  /** Bytes, or a text as UTF-8. */
  part(value: string | Uint8Array): this {
    const start = this.#open(value);
    return this.#close(start, this.#put(value, start));
  }

  /** A number from 0 to 2^32 − 1 as four bytes. Throws RangeError for another. */
  uint32(value: number): this {
    const start = this.#open(value);
    return this.#close(start, this.#bytes.writeUInt32BE(value, start));
  }

  /**
   * A value, or its absence: a byte 1 and the value, a whole number from 0 to 2^53 − 1 as eight bytes; or a byte 0.
   *
   * @throws RangeError for another number
   */
  optional(value: string | number | Uint8Array | null): this {
    const start = this.#open(value);
    this.#bytes[start] = value === null ? 0 : 1;
    if (value === null) return this.#close(start, start + 1);
    if (typeof value !== "number") return this.#close(start, this.#put(value, start + 1));
    if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a safe integer`);
    this.#bytes.writeUInt32BE(Math.floor(value / 2 ** 32), start + 1);
    return this.#close(start, this.#bytes.writeUInt32BE(value % 2 ** 32, start + 5));
  }

  /** What was written since `begin`: a view, good until the next one. */
  written(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }

  /** Where the value goes, behind its length; there is room for it. A text takes three bytes a unit at the most. */
  #open(value: string | number | Uint8Array | null): number {
    const most = value === null || typeof value === "number" ? 8 : 3 * value.length;
    const needed = this.#at + 5 + most;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(2 * needed);
      larger.set(this.#bytes.subarray(0, this.#at));
      this.#bytes = larger;
    }
    return this.#at + 4;
  }

  #put(value: string | Uint8Array, at: number): number {
    if (typeof value === "string") return at + this.#bytes.write(value, at);
    this.#bytes.set(value, at);
    return at + value.length;
  }

  #close(start: number, end: number): this {
    this.#bytes.writeUInt32BE(end - start, start - 4);
    this.#at = end;
    return this;
  }
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
