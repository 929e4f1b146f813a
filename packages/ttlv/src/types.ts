import { bigIntegerBytes, readBigInteger, writeBigInteger } from "./big-integer.ts";
import type { Fault } from "./error.ts";
import { headerBytes, type ItemType, itemTypes, padded } from "./item.ts";
import { checkPadding, faultAt, lengthAt, type Reader } from "./reader.ts";
import { readText, writeText } from "./text.ts";
import type { Type } from "./type.ts";
import {
  misfit,
  tagAndType,
  writeBytes,
  writeHeader,
  writeLong,
  writePadding,
  writeWord,
} from "./writer.ts";

/** A 32-bit signed number. KMIP 1.1 §9.1.1.4. */
export const integer: Type<number> = {
  ...only("Integer"),
  holds: isInt32,
  read: readInt32,
  write(writer, tag, value) {
    if (!isInt32(value)) throw misfit(writer, "Integer", value);
    writeWord(writer, tagAndType(tag, itemTypes.Integer), value);
  },
};

/** A 64-bit signed number. KMIP 1.1 §9.1.1.4. */
export const longInteger: Type<bigint> = int64("LongInteger");

/** A signed number of any size that the limits allow. KMIP 1.1 §9.1.1.4. */
export const bigInteger: Type<bigint> = {
  ...only("BigInteger"),
  holds: (value) => typeof value === "bigint",
  read(reader, at, length) {
    const { bigIntegerBytesMax } = reader.limits;
    if (length > bigIntegerBytesMax)
      throw tooLong(reader, at, "BigIntegerTooLong", bigIntegerBytesMax);
    return readBigInteger(reader, at, length);
  },
  write(writer, tag, value) {
    if (typeof value !== "bigint") throw misfit(writer, "BigInteger", value);
    const length = bigIntegerBytes(value);
    writeHeader(writer, tagAndType(tag, itemTypes.BigInteger), length, length);
    writeBigInteger(writer, value, length);
  },
};

/** True or false, eight bytes on the wire. KMIP 1.1 §9.1.1.4. */
export const boolean: Type<boolean> = {
  ...only("Boolean"),
  holds: (value) => typeof value === "boolean",
  read(reader, at) {
    const low = reader.view.getUint32(at + 4);
    if (reader.view.getUint32(at) === 0 && low <= 1) return low === 1;
    throw faultAt(reader, "BadValue", at, "a Boolean is 0 or 1");
  },
  write(writer, tag, value) {
    if (typeof value !== "boolean") throw misfit(writer, "Boolean", value);
    writeLong(writer, tagAndType(tag, itemTypes.Boolean), 0, value ? 1 : 0);
  },
};

/** Unicode text, UTF-8 on the wire; what is not well formed is refused in both directions. KMIP 1.1 §9.1.1.4. */
export const textString: Type<string> = {
  ...only("TextString"),
  holds: (value) => typeof value === "string",
  read(reader, at, length) {
    const { textBytesMax } = reader.limits;
    if (length > textBytesMax) throw tooLong(reader, at, "TextTooLong", textBytesMax);
    checkPadding(reader, at + length, at + padded(length));
    return readText(reader, at, length);
  },
  write(writer, tag, value) {
    if (typeof value !== "string") throw misfit(writer, "TextString", value);
    // UTF-8 takes at most three bytes for each UTF-16 unit; the length is put in once it is known.
    writeHeader(writer, tagAndType(tag, itemTypes.TextString), 0, 3 * value.length + 8);
    const lengthAt = writer.at - 4;
    const length = writeText(writer, value);
    writer.view.setUint32(lengthAt, length);
    writePadding(writer, length);
  },
};

/** Bytes. Decoding gives a view on the message's buffer, valid while that is not written to. KMIP 1.1 §9.1.1.4. */
export const byteString: Type<Uint8Array> = {
  ...only("ByteString"),
  holds: (value) => value instanceof Uint8Array,
  read(reader, at, length) {
    checkPadding(reader, at + length, at + padded(length));
    const { buffer, byteOffset } = reader.bytes;
    return new Uint8Array(buffer, byteOffset + at, length);
  },
  write(writer, tag, value) {
    if (!(value instanceof Uint8Array)) throw misfit(writer, "ByteString", value);
    const { length } = value;
    writeHeader(writer, tagAndType(tag, itemTypes.ByteString), length, length + 8);
    writeBytes(writer, value);
    writePadding(writer, length);
  },
};

/** Seconds since 1970-01-01T00:00:00Z, 64-bit signed. KMIP 1.1 §9.1.1.4. */
export const dateTime: Type<bigint> = int64("DateTime");

/** A length of time in seconds, 32-bit unsigned. KMIP 1.1 §9.1.1.4. */
export const interval: Type<number> = uint32("Interval");

/** The bare number of an enumeration whose values are free: 32-bit unsigned. KMIP 1.1 §9.1.1.4. */
export const enumerationCode: Type<number> = uint32("Enumeration");

/** The members of a type that only one item type can carry. */
export function only(itemType: ItemType): Pick<Type<unknown>, "itemType" | "code" | "takes"> {
  const code = itemTypes[itemType];
  return { itemType, code, takes: (found) => found === code };
}

/** Reads a 32-bit unsigned number and its padding. */
export function readUint32(reader: Reader, at: number): number {
  if (reader.view.getInt32(at + 4) !== 0) checkPadding(reader, at + 4, at + 8);
  return reader.view.getUint32(at);
}

function readInt32(reader: Reader, at: number): number {
  return readUint32(reader, at) | 0;
}

function uint32(itemType: ItemType): Type<number> {
  const code = itemTypes[itemType];
  return {
    ...only(itemType),
    holds: isUint32,
    read: readUint32,
    write(writer, tag, value) {
      if (!isUint32(value)) throw misfit(writer, itemType, value);
      writeWord(writer, tagAndType(tag, code), value);
    },
  };
}

function int64(itemType: ItemType): Type<bigint> {
  const code = itemTypes[itemType];
  return {
    ...only(itemType),
    holds: isInt64,
    read: (reader, at) => reader.view.getBigInt64(at),
    write(writer, tag, value) {
      if (!isInt64(value)) throw misfit(writer, itemType, value);
      writeHeader(writer, tagAndType(tag, code), 8, 8);
      writer.view.setBigInt64(writer.at, value);
      writer.at += 8;
    },
  };
}

function isInt32(value: unknown): boolean {
  return typeof value === "number" && value === (value | 0);
}

function isUint32(value: unknown): boolean {
  return typeof value === "number" && value === value >>> 0;
}

function isInt64(value: unknown): boolean {
  return typeof value === "bigint" && BigInt.asIntN(64, value) === value;
}

function tooLong(reader: Reader, at: number, code: Fault["code"], max: number): Fault {
  const length = lengthAt(reader, at - headerBytes);
  return faultAt(reader, code, at, `${length} bytes, at most ${max} are read`);
}
