export { anyItem } from "./any-item.ts";
export { type Lazy, lazy, type OneOf, oneOf } from "./choice.ts";
export { decode, decodeRaw, encode, encodeRaw } from "./codec.ts";
export { type Enumeration, enumeration, type OpenEnumeration } from "./enumeration.ts";
export { TtlvError, type TtlvErrorCode } from "./error.ts";
export {
  type Field,
  type FieldOptions,
  type Fields,
  optional,
  type Presence,
  repeated,
  required,
} from "./field.ts";
export { checkForm } from "./form.ts";
export { createFramer, type Framer, type FramerOptions } from "./framer.ts";
export { createGatherer, type Gatherer } from "./gatherer.ts";
export { type Item, type ItemType, itemTypes, type RawItem } from "./item.ts";
export { defaultLimits, type Limits } from "./limits.ts";
export { type Mask, mask } from "./mask.ts";
export { members } from "./members.ts";
export { type PrintNames, print } from "./print.ts";
export { rawItem } from "./raw-item.ts";
export type { DecodeOptions } from "./reader.ts";
export type { EnumerationRow, Rows } from "./rows.ts";
export { type Structure, type StructureValue, structure } from "./structure.ts";
export type { Type, ValueOf } from "./type.ts";
export {
  bigInteger,
  boolean,
  byteString,
  dateTime,
  enumerationCode,
  integer,
  interval,
  longInteger,
  textString,
} from "./types.ts";
export type { EncodeOptions } from "./writer.ts";
