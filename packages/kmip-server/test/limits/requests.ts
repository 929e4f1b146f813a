import { tags } from "@akm/kmip-model";
import type { Item } from "@akm/ttlv";
import {
  aesAttributes,
  attribute,
  bytes,
  enumerated,
  flag,
  int,
  item,
  message,
  struct,
  text,
  textAttribute,
} from "../support/wire.ts";

// Requests that make a key and are as long, deep or many as the limit wants them.

const version = 1;

/** The payload of a Create with these attributes beside its own. */
export function createPayload(more: readonly Item[] = []): readonly Item[] {
  return [enumerated("ObjectType", 2), struct("TemplateAttribute", ...aesAttributes(), ...more)];
}

/** Makes one key. */
export function create(...more: readonly Item[]): Uint8Array {
  return message(version, [item("Create", createPayload(more))]);
}

/** Makes `count` keys, an item each. */
export function createMany(count: number): Uint8Array {
  const items = Array.from({ length: count }, (_, at) =>
    item("Create", createPayload(), Buffer.from([at])),
  );
  return message(version, items);
}

/** Makes one key with `count` attributes more than it has anyway. */
export function createWithCustom(count: number): Uint8Array {
  return create(...Array.from({ length: count }, (_, at) => textAttribute(`x-${at}`, "")));
}

/** Makes one key with a text of `length` bytes. */
export const createWithText = (length: number): Uint8Array =>
  create(textAttribute("x-text", "a".repeat(length)));

/** Makes one key with a positive Big Integer of `length` bytes, a multiple of 8. */
export function createWithBigInteger(length: number): Uint8Array {
  const value = 2n ** BigInt(8 * length - 2);
  return create(attribute("x-big", { tag: tags.AttributeValue, type: "BigInteger", value }));
}

/** Makes one key; beside it stands a Message Extension that nobody has to understand. KMIP 1.1 §6.16. */
function createBeside(...extension: readonly Item[]): Uint8Array {
  const beside = struct(
    "BatchItem",
    enumerated("Operation", 1),
    struct("RequestPayload", ...createPayload()),
    struct(
      "MessageExtension",
      text("VendorIdentification", "someone"),
      flag("CriticalityIndicator", false),
      struct("VendorExtension", ...extension),
    ),
  );
  return message(version, [beside]);
}

const freeTag = 0x540001;

/** Makes one key by a message of `length` bytes, a multiple of 8. */
export function createOfBytes(length: number): Uint8Array {
  const least = createBeside(bytes(freeTag, new Uint8Array())).length;
  return createBeside(bytes(freeTag, new Uint8Array(length - least)));
}

/** Makes one key by a message of `count` items. */
export function createOfItems(count: number): Uint8Array {
  const least = countItems(createBeside());
  return createBeside(...Array.from({ length: count - least }, () => int(freeTag, 0)));
}

/** Makes one key by a message in which `depth` structures stand inside each other. */
export function createOfDepth(depth: number): Uint8Array {
  // The message, its item, the extension and its content are four of them.
  const nested = (left: number): Item[] =>
    left === 0 ? [] : [struct(freeTag, ...nested(left - 1))];
  return createBeside(...nested(depth - 4));
}

/** Counts the headers: every item stands at a multiple of 8, and a structure's content behind its header. */
function countItems(whole: Uint8Array): number {
  const view = new DataView(whole.buffer, whole.byteOffset, whole.length);
  let count = 0;
  for (let at = 0; at < whole.length; count += 1) {
    const isStructure = view.getUint8(at + 3) === 1;
    at += 8 + (isStructure ? 0 : (view.getUint32(at + 4) + 7) & ~7);
  }
  return count;
}
