import {
  anyItem,
  byteString,
  dateTime,
  encode,
  enumeration,
  type Item,
  integer,
  optional,
  repeated,
  required,
  structure,
  type Type,
  textString,
  type ValueOf,
} from "@akm/ttlv";

/** One message of the bench: how it stands on the wire, and the same content as JSON would carry it. */
export interface Case {
  readonly name: string;
  readonly tag: number;
  readonly type: Type<unknown>;
  readonly value: unknown;
  readonly bytes: Uint8Array;
  /** The value that decoding gives, dates as numbers and bytes in Base64. */
  readonly json: unknown;
}

const operation = enumeration("Operation", {
  Create: 1,
  Register: 3,
  Locate: 8,
  Get: 10,
  GetAttributes: 11,
  Activate: 18,
  Destroy: 20,
});
const objectType = enumeration("ObjectType", { Certificate: 1, SymmetricKey: 2, PublicKey: 3 });
const resultStatus = enumeration("ResultStatus", { Success: 0, OperationFailed: 1 });
const keyFormat = enumeration("KeyFormatType", { Raw: 1, Opaque: 2, PKCS_1: 3 });
const algorithm = enumeration("CryptographicAlgorithm", { DES: 1, TripleDES: 2, AES: 3 });

const version = structure({
  protocolVersionMajor: required(0x42006a, integer),
  protocolVersionMinor: required(0x42006b, integer),
});
const requestHeader = structure({
  protocolVersion: required(0x420069, version),
  maximumResponseSize: optional(0x420050, integer),
  timeStamp: optional(0x420092, dateTime),
  batchCount: required(0x42000d, integer),
});
const responseHeader = structure({
  protocolVersion: required(0x420069, version),
  timeStamp: required(0x420092, dateTime),
  batchCount: required(0x42000d, integer),
});
const attributeValueTag = 0x42000b;

const attribute = structure({
  attributeName: required(0x42000a, textString),
  attributeIndex: optional(0x420009, integer),
  attributeValue: optional(attributeValueTag, anyItem),
});
const create = structure({
  objectType: required(0x420057, objectType),
  templateAttribute: required(0x420091, structure({ attribute: repeated(0x420008, attribute) })),
});
const identified = structure({ uniqueIdentifier: optional(0x420094, textString) });
const gotAttributes = structure({
  uniqueIdentifier: required(0x420094, textString),
  attribute: repeated(0x420008, attribute),
});
const keyBlock = structure({
  keyFormatType: required(0x420042, keyFormat),
  keyValue: required(0x420045, structure({ keyMaterial: required(0x420043, byteString) })),
  cryptographicAlgorithm: optional(0x420028, algorithm),
  cryptographicLength: optional(0x42002a, integer),
});
const got = structure({
  objectType: required(0x420057, objectType),
  uniqueIdentifier: required(0x420094, textString),
  symmetricKey: optional(0x42008f, structure({ keyBlock: required(0x420040, keyBlock) })),
});

/** The messages of the bench; `seed` decides identifiers, keys and dates. One is there again, beside JSON that tells less. */
export function corpus(seed: number): readonly Case[] {
  const random = generator(seed);
  const getAnswer = response("Get answer", got, "Get", getPayload(random));
  const all = attributesPayload(random);
  const attributes = response("25-attribute answer", gotAttributes, "GetAttributes", all);
  return [
    request("Create request", create, [["Create", createPayload()]]),
    getAnswer,
    attributes,
    { ...attributes, name: "the same, JSON without types", json: untyped(attributes.json) },
    request(
      "100-item batch",
      identified,
      Array.from({ length: 100 }, () => ["Get", { uniqueIdentifier: identifier(random) }]),
    ),
  ];
}

function request<T>(name: string, payload: Type<T>, items: (readonly [string, T])[]): Case {
  const type = structure({
    requestHeader: required(0x420077, requestHeader),
    batchItem: repeated(
      0x42000f,
      structure({
        operation: required(0x42005c, operation),
        uniqueBatchItemID: optional(0x420093, byteString),
        requestPayload: required(0x420079, payload),
      }),
    ),
  });
  const header = { protocolVersion: oneOne, batchCount: items.length };
  const batchItem = items.map(([operationName, requestPayload], index) => ({
    operation: operationName,
    ...(items.length > 1 && { uniqueBatchItemID: Uint8Array.of(0, 0, index >>> 8, index) }),
    requestPayload,
  }));
  return caseOf(name, 0x420078, type as Type<unknown>, { requestHeader: header, batchItem });
}

function response<T>(name: string, payload: Type<T>, operationName: string, value: T): Case {
  const type = structure({
    responseHeader: required(0x42007a, responseHeader),
    batchItem: repeated(
      0x42000f,
      structure({
        operation: required(0x42005c, operation),
        resultStatus: required(0x42007f, resultStatus),
        responsePayload: optional(0x42007c, payload),
      }),
    ),
  });
  return caseOf(name, 0x42007b, type as Type<unknown>, {
    responseHeader: { protocolVersion: oneOne, timeStamp: 1_784_000_000n, batchCount: 1 },
    batchItem: [{ operation: operationName, resultStatus: "Success", responsePayload: value }],
  });
}

const oneOne = { protocolVersionMajor: 1, protocolVersionMinor: 1 };

function caseOf(name: string, tag: number, type: Type<unknown>, value: unknown): Case {
  return { name, tag, type, value, bytes: encode(tag, type, value), json: plain(value) };
}

function createPayload(): ValueOf<typeof create> {
  return {
    objectType: "SymmetricKey",
    templateAttribute: {
      attribute: [
        valued("Cryptographic Algorithm", { type: "Enumeration", value: 3 }),
        valued("Cryptographic Length", { type: "Integer", value: 256 }),
        valued("Cryptographic Usage Mask", { type: "Integer", value: 12 }),
      ],
    },
  };
}

function getPayload(random: () => number): ValueOf<typeof got> {
  return {
    objectType: "SymmetricKey",
    uniqueIdentifier: identifier(random),
    symmetricKey: {
      keyBlock: {
        keyFormatType: "Raw",
        keyValue: { keyMaterial: octets(random, 32) },
        cryptographicAlgorithm: "AES",
        cryptographicLength: 256,
      },
    },
  };
}

function attributesPayload(random: () => number): ValueOf<typeof gotAttributes> {
  const date = (): Content => ({
    type: "DateTime",
    value: BigInt(1_700_000_000 + (random() % 1e8)),
  });
  const text = (value: string): Content => ({ type: "TextString", value });
  const number = (value: number): Content => ({ type: "Integer", value });
  const code = (value: number): Content => ({ type: "Enumeration", value });
  const id = identifier(random);
  return {
    uniqueIdentifier: id,
    attribute: [
      valued("Unique Identifier", text(id)),
      valued("Object Type", code(2)),
      valued("Cryptographic Algorithm", code(3)),
      valued("Cryptographic Length", number(256)),
      valued("Cryptographic Usage Mask", number(12)),
      valued("State", code(2)),
      valued("Initial Date", date()),
      valued("Activation Date", date()),
      valued("Process Start Date", date()),
      valued("Protect Stop Date", date()),
      valued("Deactivation Date", date()),
      valued("Last Change Date", date()),
      valued("Lease Time", { type: "Interval", value: 3600 }),
      valued("Operation Policy Name", text("default")),
      valued("Object Group", text("volumes of the west wing")),
      valued("Contact Information", text("keys@example.org, +41 44 000 00 00")),
      valued("Fresh", { type: "Boolean", value: false }),
      valued("Name", pair(0x420055, text("key of volume 17"), { tag: 0x420054, ...code(1) })),
      valued("Digest", pair(0x42006b, code(6), octetsItem(0x420035, random))),
      valued("Application Specific Information", pair(0x420003, text("ssl"), textItem("www"))),
      ...Array.from({ length: 5 }, (_, i) => valued(`x-Custom ${i}`, text(identifier(random)))),
    ],
  };
}

type Content = Item extends infer I ? (I extends Item ? Omit<I, "tag"> : never) : never;

function valued(attributeName: string, content: Content): ValueOf<typeof attribute> {
  return { attributeName, attributeValue: { tag: attributeValueTag, ...content } };
}

function pair(tag: number, first: Content, second: Item): Content {
  return { type: "Structure", value: [{ tag, ...first }, second] };
}

function textItem(value: string): Item {
  return { tag: 0x420002, type: "TextString", value };
}

function octetsItem(tag: number, random: () => number): Item {
  return { tag, type: "ByteString", value: octets(random, 32) };
}

/**
 * What JSON has to carry of a value: numbers for dates, Base64 for bytes. An item without a schema has its type, without
 * which nobody could tell a date from a length, and within a structure its tag, which is its name there.
 */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, each]) => each !== attributeValueTag);
  return Object.fromEntries(members.map(([name, each]) => [name, plain(each)]));
}

/** The same without the types and tags of items. */
function untyped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(untyped);
  if (typeof value !== "object" || value === null) return value;
  if ("type" in value && "value" in value) return untyped(value.value);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, untyped(each)]));
}

function identifier(random: () => number): string {
  const digits = Buffer.from(octets(random, 16)).toString("hex");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function octets(random: () => number, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, () => random() >>> 24);
}

/** Numbers of 32 bits that look random and are the same for the same seed (a linear congruence). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
}
