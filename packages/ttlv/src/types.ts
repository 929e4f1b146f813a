import { bigIntegerBytes, readBigInteger, writeBigInteger } from "./big-integer.ts";
import { type ItemType, itemTypes, padded } from "./item.ts";
import { checkPadding, faultAt, type Reader } from "./reader.ts";
import { readText, writeText } from "./text.ts";
import type { Type } from "./type.ts";
import {
  faultHere,
  tagAndType,
  type Writer,
  writeHeader,
  writePadding,
  writeWord,
} from "./writer.ts";

/** A 32-bit signed number. KMIP 1.1 §9.1.1.4. */
export const integer: Type<number> = scalar<number>("Integer", {
  holds: (value) => typeof value === "number" && value === (value | 0),
  read: readInteger,
  write: (writer, first, value) => writeWord(writer, first, value),
});

/** A 64-bit signed number. KMIP 1.1 §9.1.1.4. */
export const longInteger: Type<bigint> = scalar<bigint>("LongInteger", {
  holds: isInt64,
  read: readInt64,
  write: writeInt64,
});

/** A signed number of any size that the limits allow. KMIP 1.1 §9.1.1.4. */
export const bigInteger: Type<bigint> = scalar<bigint>("BigInteger", {
  holds: (value) => typeof value === "bigint",
  read(reader, at, length) {
    const { bigIntegerBytesMax } = reader.limits;
    if (length <= bigIntegerBytesMax) return readBigInteger(reader, at, length);
    const text = `${length} bytes, at most ${bigIntegerBytesMax} are read`;
    throw faultAt(reader, "BigIntegerTooLong", at, text);
  },
  write(writer, first, value) {
    const length = bigIntegerBytes(value);
    writeHeader(writer, first, length, length);
    writeBigInteger(writer, value, length);
  },
});

/** True or false, eight bytes on the wire. KMIP 1.1 §9.1.1.4. */
export const boolean: Type<boolean> = scalar<boolean>("Boolean", {
  holds: (value) => typeof value === "boolean",
  read(reader, at) {
    const low = reader.view.getUint32(at + 4);
    if (reader.view.getUint32(at) === 0 && low <= 1) return low === 1;
    throw faultAt(reader, "BadValue", at, "a Boolean is 0 or 1");
  },
  write(writer, first, value) {
    writeHeader(writer, first, 8, 8);
    writer.view.setUint32(writer.at, 0);
    writer.view.setUint32(writer.at + 4, value ? 1 : 0);
    writer.at += 8;
  },
});

/** Unicode text, UTF-8 on the wire; what is not well formed is refused in both directions. KMIP 1.1 §9.1.1.4. */
export const textString: Type<string> = scalar<string>("TextString", {
  holds: (value) => typeof value === "string",
  read(reader, at, length) {
    const { textBytesMax } = reader.limits;
    if (length > textBytesMax) {
      const text = `${length} bytes, at most ${textBytesMax} are read`;
      throw faultAt(reader, "TextTooLong", at, text);
    }
    checkPadding(reader, at + length, at + padded(length));
    return readText(reader, at, length);
  },
  write(writer, first, value) {
    // UTF-8 takes at most three bytes for each UTF-16 unit; the length is patched once it is known.
    writeHeader(writer, first, 0, 3 * value.length + 8);
    const lengthAt = writer.at - 4;
    const length = writeText(writer, value);
    writer.view.setUint32(lengthAt, length);
    writePadding(writer, length);
  },
});

/** Bytes. Decoding gives a view on the message's buffer, valid while that is not written to. KMIP 1.1 §9.1.1.4. */
export const byteString: Type<Uint8Array> = scalar<Uint8Array>("ByteString", {
  holds: (value) => value instanceof Uint8Array,
  read(reader, at, length) {
    checkPadding(reader, at + length, at + padded(length));
    const { buffer, byteOffset } = reader.bytes;
    return new Uint8Array(buffer, byteOffset + at, length);
  },
  write(writer, first, value) {
    const { length } = value;
    writeHeader(writer, first, length, length + 8);
    writer.bytes.set(value, writer.at);
    writer.at += length;
    writePadding(writer, length);
  },
});

/** Seconds since 1970-01-01T00:00:00Z, 64-bit signed. KMIP 1.1 §9.1.1.4. */
export const dateTime: Type<bigint> = scalar<bigint>("DateTime", {
  holds: isInt64,
  read: readInt64,
  write: writeInt64,
});

/** A length of time in seconds, 32-bit unsigned. KMIP 1.1 §9.1.1.4. */
export const interval: Type<number> = scalar<number>("Interval", {
  holds: isUint32,
  read: readUint32,
  write: (writer, first, value) => writeWord(writer, first, value),
});

/** The bare number of an enumeration whose values are free: 32-bit unsigned. KMIP 1.1 §9.1.1.4. */
export const enumerationCode: Type<number> = scalar<number>("Enumeration", {
  holds: isUint32,
  read: readUint32,
  write: (writer, first, value) => writeWord(writer, first, value),
});

interface Scalar<T> {
  holds(value: unknown): boolean;
  read(reader: Reader, at: number, length: number): T;
  /** `first` is the first word of the header: tag and type byte. */
  write(writer: Writer, first: number, value: T): void;
}

/** The type of one item type; values for which `holds` is false are refused before `write` sees them. */
export function scalar<T>(itemType: ItemType, { holds, read, write }: Scalar<T>): Type<T> {
  const code = itemTypes[itemType];
  return {
    itemType,
    code,
    takes: (found) => found === code,
    holds,
    read,
    write(writer, tag, value) {
      if (!holds(value)) {
        throw faultHere(writer, "BadValue", `${itemType} cannot hold ${described(value)}`);
      }
      write(writer, tagAndType(tag, code), value);
    },
  };
}

/** What stands in an error's text for a value: a number as it is, of all else only the kind. */
export function described(value: unknown): string {
  return typeof value === "number" ? String(value) : `a value of type ${typeof value}`;
}

/** Reads a 32-bit signed number and its padding. */
export function readInteger(reader: Reader, at: number): number {
  if (reader.view.getUint32(at + 4) !== 0) checkPadding(reader, at + 4, at + 8);
  return reader.view.getInt32(at);
}

/** Reads a 32-bit unsigned number and its padding. */
export function readUint32(reader: Reader, at: number): number {
  if (reader.view.getUint32(at + 4) !== 0) checkPadding(reader, at + 4, at + 8);
  return reader.view.getUint32(at);
}

function readInt64(reader: Reader, at: number): bigint {
  return reader.view.getBigInt64(at);
}

function writeInt64(writer: Writer, first: number, value: bigint): void {
  writeHeader(writer, first, 8, 8);
  writer.view.setBigInt64(writer.at, value);
  writer.at += 8;
}

function isUint32(value: unknown): boolean {
  return typeof value === "number" && value === value >>> 0;
}

function isInt64(value: unknown): boolean {
  return typeof value === "bigint" && BigInt.asIntN(64, value) === value;
}
