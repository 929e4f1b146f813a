import type { Item } from "@akm/ttlv";
import {
  aesAttributes,
  attribute,
  bytes,
  enumerated,
  flag,
  int,
  nameAttribute,
  struct,
  text,
  textAttribute,
} from "../support/wire.ts";
import { createPayload } from "./requests.ts";

// Batch items with one thing wrong, each the second of a batch of three.

/** Key bytes that no refusal may show. */
export const keyBytes: Buffer = Buffer.from("c0ffee00c0ffee11c0ffee22c0ffee33", "hex");

/** What is wrong, the members of the item behind its id, and the reason and text of its refusal. */
export type BadItem = readonly [what: string, item: Item, reason: string, text: RegExp];

const [algorithm, length, mask] = aesAttributes() as readonly [Item, Item, Item];
const keyType = enumerated("ObjectType", 2);

function item(operation: number, payload: readonly Item[], ...behind: readonly Item[]): Item {
  return struct(
    "BatchItem",
    enumerated("Operation", operation),
    bytes("UniqueBatchItemID", Buffer.from("2")),
    struct("RequestPayload", ...payload),
    ...behind,
  );
}

const create = (...payload: readonly Item[]): Item => item(1, payload);
const createWith = (...more: readonly Item[]): Item => create(...createPayload(more));
const createOf = (...attributes: readonly Item[]): Item =>
  create(keyType, struct("TemplateAttribute", ...attributes));

const value = (one: number) => int("AttributeValue", one);
const blockEnd = [enumerated("CryptographicAlgorithm", 3), int("CryptographicLength", 128)];
const keyValue = struct("KeyValue", bytes("KeyMaterial", keyBytes));

function register(...keyBlock: readonly Item[]): Item {
  const key = struct("SymmetricKey", struct("KeyBlock", ...keyBlock));
  return item(3, [keyType, struct("TemplateAttribute", mask), key]);
}

const extension = (isCritical: boolean): Item =>
  struct(
    "MessageExtension",
    text("VendorIdentification", "someone"),
    flag("CriticalityIndicator", isCritical),
    struct("VendorExtension"),
  );

/** An item for each rule that refuses it alone. */
export const badItems: readonly BadItem[] = [
  ["an operation that nobody knows", item(0x99, []), "OperationNotSupported", /operation 0x99/],
  ["an operation that is not offered", item(0x15, []), "OperationNotSupported", /Archive/],
  [
    "a critical Message Extension",
    item(1, createPayload(), extension(true)),
    "FeatureNotSupported",
    /critical Message Extension of someone/,
  ],
  [
    "a Message Extension twice",
    item(1, createPayload(), extension(false), extension(false)),
    "InvalidMessage",
    /batchItem\.messageExtension/,
  ],
  [
    "a field that nobody knows",
    create(...createPayload(), int(0x42ffff, 1)),
    "InvalidField",
    /requestPayload.*0x42FFFF/,
  ],
  ["a field twice", create(keyType, ...createPayload()), "InvalidMessage", /objectType/],
  [
    "fields in the wrong order",
    create(...[...createPayload()].reverse()),
    "InvalidMessage",
    /objectType/,
  ],
  [
    "a field of the wrong type",
    create(int("ObjectType", 2), ...createPayload().slice(1)),
    "InvalidMessage",
    /objectType.*Integer, wanted Enumeration/,
  ],
  ["no Object Type", create(...createPayload().slice(1)), "InvalidMessage", /objectType/],
  [
    "an Object Type that nobody knows",
    create(enumerated("ObjectType", 0x77), ...createPayload().slice(1)),
    "InvalidField",
    /objectType.*(77|119)/,
  ],
  [
    "an Object Type that is not offered",
    create(enumerated("ObjectType", 1), ...createPayload().slice(1)),
    "InvalidField",
    /Object Type.*Certificate/,
  ],
  [
    "an algorithm that nobody knows",
    createOf(
      attribute("Cryptographic Algorithm", enumerated("AttributeValue", 0x77)),
      length,
      mask,
    ),
    "InvalidField",
    /Cryptographic Algorithm.*(77|119)/,
  ],
  [
    "a bit of the usage mask that nobody knows",
    createOf(algorithm, length, attribute("Cryptographic Usage Mask", value(0x40000000))),
    "InvalidField",
    /Cryptographic Usage Mask.*(40000000|1073741824)/i,
  ],
  [
    "a length that the algorithm has not",
    createOf(algorithm, attribute("Cryptographic Length", value(129)), mask),
    "InvalidField",
    /Cryptographic Length.*129/,
  ],
  ["no algorithm", createOf(length, mask), "InvalidField", /Cryptographic Algorithm/],
  ["no usage mask", createOf(algorithm, length), "InvalidField", /Cryptographic Usage Mask/],
  [
    "a length as text",
    createOf(algorithm, textAttribute("Cryptographic Length", "256"), mask),
    "InvalidMessage",
    /Cryptographic Length.*TextString, wanted Integer/,
  ],
  [
    "an attribute that there is not",
    createWith(textAttribute("Favourite Colour", "blue")),
    "InvalidField",
    /Favourite Colour/,
  ],
  [
    "an attribute of 1.1 that is not offered",
    createWith(attribute("Fresh", flag("AttributeValue", true))),
    "InvalidField",
    /Fresh/,
  ],
  [
    "an attribute named __proto__",
    createWith(textAttribute("__proto__", "x")),
    "InvalidField",
    /__proto__/,
  ],
  ["NUL in a Name", createWith(nameAttribute("a\0b")), "InvalidField", /Name/],
  [
    "an attribute of one instance twice",
    createWith(length),
    "InvalidField",
    /Cryptographic Length/,
  ],
  [
    "an index of an attribute of one instance",
    createOf(algorithm, attribute("Cryptographic Length", value(256), 1), mask),
    "InvalidField",
    /Cryptographic Length.*1/,
  ],
  [
    "an object that there is not",
    item(0x0a, [text("UniqueIdentifier", "nobody")]),
    "ItemNotFound",
    /nobody/,
  ],
  [
    "key bytes of another length than the key's",
    register(
      enumerated("KeyFormatType", 1),
      keyValue,
      enumerated("CryptographicAlgorithm", 3),
      int("CryptographicLength", 256),
    ),
    "InvalidField",
    /Cryptographic Length 256 does not fit AES and 16 bytes/,
  ],
  [
    "a key format that nobody knows",
    register(enumerated("KeyFormatType", 0x77), keyValue, ...blockEnd),
    "KeyFormatTypeNotSupported",
    /(77|119)/,
  ],
  [
    "a compressed key",
    register(
      enumerated("KeyFormatType", 1),
      enumerated("KeyCompressionType", 2),
      keyValue,
      ...blockEnd,
    ),
    "KeyCompressionTypeNotSupported",
    /Key Compression Type/,
  ],
  [
    "a wrapped key",
    register(
      enumerated("KeyFormatType", 1),
      keyValue,
      ...blockEnd,
      struct("KeyWrappingData", enumerated("WrappingMethod", 1)),
    ),
    "FeatureNotSupported",
    /Key Wrapping Data/,
  ],
  [
    "key bytes twice",
    register(
      enumerated("KeyFormatType", 1),
      struct("KeyValue", bytes("KeyMaterial", keyBytes), bytes("KeyMaterial", keyBytes)),
      ...blockEnd,
    ),
    "InvalidMessage",
    /[kK]eyMaterial/,
  ],
  [
    "key bytes as text",
    register(
      enumerated("KeyFormatType", 1),
      struct("KeyValue", text("KeyMaterial", keyBytes.toString("hex"))),
      ...blockEnd,
    ),
    "InvalidMessage",
    /keyMaterial.*TextString, wanted ByteString/,
  ],
];

/** What is wrong, the item before that, the bytes in it that change and into what, and the text of the refusal. */
export type BadBytes = readonly [
  what: string,
  item: Item,
  from: string,
  into: string,
  text: RegExp,
];

const xText = createWith(textAttribute("x-text", "abcdefg"));
const xFlag = createWith(attribute("x-flag", flag("AttributeValue", true)));
const abcdefg = "61626364656667";

/** What no encoder writes, in hexadecimal digits: Invalid Message for the item alone. */
export const badBytes: readonly BadBytes[] = [
  ["text that is not UTF-8", xText, abcdefg, "6162ff64656667", /x-text.*not UTF-8/],
  ["text in overlong UTF-8", xText, abcdefg, "6162c080656667", /x-text.*not UTF-8/],
  ["a surrogate in UTF-8", xText, abcdefg, "6162eda0806667", /x-text.*not UTF-8/],
  ["padding that is not zero", xText, `${abcdefg}00`, `${abcdefg}01`, /x-text.*padding/],
  [
    "a Boolean of 2",
    xFlag,
    "060000000800000000000000 01",
    "060000000800000000000000 02",
    /x-flag.*Boolean|x-flag.*2/,
  ],
];
