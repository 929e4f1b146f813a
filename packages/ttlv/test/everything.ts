import {
  anyItem,
  bigInteger,
  boolean,
  byteString,
  dateTime,
  enumeration,
  enumerationCode,
  integer,
  interval,
  lazy,
  longInteger,
  mask,
  oneOf,
  optional,
  repeated,
  required,
  structure,
  type Type,
  textString,
} from "@akm/ttlv";

/** A schema with every type in it, for the properties that hold for all. */
export const everythingTag = 0x42_0001;

export const colour = enumeration("Colour", {
  Red: 1,
  Green: { code: 2, since: 2, section: "1.2" },
  Far: 0x8000_0001,
});

export const usage = mask("Usage", { Second: 2, First: 1, Last: { code: 0x8000_0000, since: 2 } });

export interface Tree {
  readonly name: string;
  readonly children: readonly Tree[];
}

export const tree: Type<Tree> = structure({
  name: required(0x42_0030, textString),
  children: repeated(
    0x42_0031,
    lazy(() => tree),
  ),
});

export const everything = structure({
  count: required(0x42_0002, integer),
  long: optional(0x42_0003, longInteger),
  big: required(0x42_0004, bigInteger),
  colour: optional(0x42_0005, colour),
  openColours: repeated(0x42_0006, colour.open),
  yes: required(0x42_0007, boolean),
  names: repeated(0x42_0008, textString, { atLeast: 1 }),
  bytes: optional(0x42_0009, byteString),
  when: required(0x42_000a, dateTime),
  lease: optional(0x42_000b, interval),
  code: optional(0x42_000c, enumerationCode),
  usage: required(0x42_000d, usage),
  tree: optional(0x42_000e, tree),
  either: repeated(0x42_000f, oneOf(byteString, oneOf(tree, integer))),
  custom: repeated(0x54_0001, anyItem),
});
