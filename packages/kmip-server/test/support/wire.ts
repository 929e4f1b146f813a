import { enumerations, responseMessage, type TagName, tags } from "@akm/kmip-model";
import { anyItem, decode, encode, type Item, type ValueOf } from "@akm/ttlv";

// Messages item by item, as a client puts them on the wire: nothing of our own model stands between.

type Tag = TagName | number;

const tagOf = (tag: Tag): number => (typeof tag === "number" ? tag : tags[tag]);

/** A structure; members that are `undefined` are left out. */
export function struct(tag: Tag, ...members: readonly (Item | undefined)[]): Item {
  return {
    tag: tagOf(tag),
    type: "Structure",
    value: members.filter((member) => member !== undefined),
  };
}

/** A Text String. */
export const text = (tag: Tag, value: string): Item => ({
  tag: tagOf(tag),
  type: "TextString",
  value,
});

/** An Integer. */
export const int = (tag: Tag, value: number): Item => ({ tag: tagOf(tag), type: "Integer", value });

/** An Enumeration. */
export const enumerated = (tag: Tag, value: number): Item => ({
  tag: tagOf(tag),
  type: "Enumeration",
  value,
});

/** A Byte String. */
export const bytes = (tag: Tag, value: Uint8Array): Item => ({
  tag: tagOf(tag),
  type: "ByteString",
  value,
});

/** A Boolean. */
export const flag = (tag: Tag, value: boolean): Item => ({
  tag: tagOf(tag),
  type: "Boolean",
  value,
});

/** A Date-Time in seconds since 1970. */
export const date = (tag: Tag, value: bigint): Item => ({
  tag: tagOf(tag),
  type: "DateTime",
  value,
});

/** An Attribute structure; `value` is made with the tag AttributeValue. */
export function attribute(name: string, value: Item, index?: number): Item {
  return struct(
    "Attribute",
    text("AttributeName", name),
    index === undefined ? undefined : int("AttributeIndex", index),
    value,
  );
}

/** A text attribute. */
export const textAttribute = (name: string, value: string, index?: number): Item =>
  attribute(name, text("AttributeValue", value), index);

/** A Name attribute. */
export const nameAttribute = (value: string, index?: number): Item =>
  attribute(
    "Name",
    struct("AttributeValue", text("NameValue", value), enumerated("NameType", 1)),
    index,
  );

/** Algorithm AES, usage mask 12 and length 256, in the order that most clients send. */
export const aesAttributes = (index?: number): readonly Item[] => [
  attribute("Cryptographic Algorithm", enumerated("AttributeValue", 3), index),
  attribute("Cryptographic Length", int("AttributeValue", 256), index),
  attribute("Cryptographic Usage Mask", int("AttributeValue", 12), index),
];

/** A batch item. */
export function item(
  operation: keyof typeof operationCodes,
  payload: readonly (Item | undefined)[] = [],
  id?: Uint8Array,
): Item {
  return struct(
    "BatchItem",
    enumerated("Operation", operationCodes[operation]),
    id === undefined ? undefined : bytes("UniqueBatchItemID", id),
    struct("RequestPayload", ...payload),
  );
}

const operationCodes = Object.fromEntries(
  [...enumerations.operation.rows].map(([name, { code }]) => [name, code]),
) as Readonly<Record<ValueOf<typeof enumerations.operation>, number>>;

/** A request; `before` and `after` stand between Protocol Version and Batch Count. */
export function message(
  minor: number,
  items: readonly Item[],
  header: readonly Item[] = [],
): Uint8Array {
  const version = struct(
    "ProtocolVersion",
    int("ProtocolVersionMajor", 1),
    int("ProtocolVersionMinor", minor),
  );
  const head = struct("RequestHeader", version, ...header, int("BatchCount", items.length));
  return encode(tags.RequestMessage, anyItem, struct("RequestMessage", head, ...items));
}

/** An answer, read by the model. */
export type Answered = ValueOf<typeof responseMessage>;

/** Reads an answer. */
export const readAnswer = (answer: Uint8Array): Answered =>
  decode(tags.ResponseMessage, responseMessage, answer);

/** The payload of an answer's item as items; empty where it has none. */
export function payloadOf({ batchItem }: Answered, at = 0): readonly Item[] {
  const payload = batchItem[at]?.responsePayload;
  if (payload === undefined) return [];
  const { value } = decode(tags.ResponsePayload, anyItem, payload.bytes) as Extract<
    Item,
    { type: "Structure" }
  >;
  return value;
}

/** The value of the first item with this tag, however deep it stands. */
export function find(items: readonly Item[], tag: TagName): Item["value"] | undefined {
  for (const one of items) {
    if (one.tag === tags[tag]) return one.value;
    const within = one.type === "Structure" ? find(one.value, tag) : undefined;
    if (within !== undefined) return within;
  }
  return undefined;
}
