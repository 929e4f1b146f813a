import { type AttributeRow, attributeNamed, enumerations, v1_1 } from "@akm/kmip-model";
import {
  boolean,
  decode,
  decodeRaw,
  defaultLimits,
  encode,
  encodeRaw,
  integer,
  type Limits,
  optional,
  rawItem,
  repeated,
  required,
  structure,
  textString,
  type ValueOf,
} from "@akm/ttlv";
import type { AttributeSet, Slot } from "./attribute-set.ts";
import type { ManagedObject, OfferedKeyFormat, OfferedObjectType } from "./managed-object.ts";

// The canonical encoding of an object's body: TTLV under tags of akm's own, which never leave the server.

const valueTag = 0x54ab0a;

const bodySchema = structure({
  objectType: required(0x54ab01, enumerations.objectType),
  keyFormat: optional(0x54ab02, enumerations.keyFormatType),
  owner: required(0x54ab03, textString),
  users: repeated(0x54ab04, textString),
  groups: repeated(0x54ab05, textString),
  rolled: required(0x54ab06, boolean),
  attributes: repeated(
    0x54ab07,
    structure({
      name: required(0x54ab08, textString),
      next: required(0x54ab09, integer),
      instances: repeated(
        0x54ab0b,
        structure({ index: required(0x54ab0c, integer), value: required(valueTag, rawItem) }),
      ),
    }),
  ),
});

const bodyTag = 0x54ab00;

/** An object gathers more in its life than one message may hold. */
const limits: Limits = { ...defaultLimits, messageBytesMax: 2 ** 30, itemsMax: 2 ** 20 };
const edition = v1_1;

type Body = ValueOf<typeof bodySchema>;
type WrittenSlot = Body["attributes"][number];

/** What of an object stands in its body. */
export type BodyOf = Pick<
  ManagedObject,
  "objectType" | "keyFormat" | "owner" | "users" | "groups" | "rolled" | "attributes"
>;

/** The body's bytes: the same object gives the same bytes. */
export function writeBody(object: BodyOf): Uint8Array {
  const { keyFormat, attributes, objectType, owner, users, groups, rolled } = object;
  const body: Body = {
    objectType,
    ...(keyFormat === null ? {} : { keyFormat }),
    owner,
    users,
    groups,
    rolled,
    attributes: [...attributes].map(([name, slot]) => writeSlot(name, slot)),
  };
  return encode(bodyTag, bodySchema, body);
}

/** The object's part that a body holds. Throws where the bytes are not a body of this server. */
export function readBody(bytes: Uint8Array): BodyOf {
  const { objectType, keyFormat, attributes, ...rest } = decode(bodyTag, bodySchema, bytes, {
    limits,
  });
  return {
    ...rest,
    objectType: objectType as OfferedObjectType,
    keyFormat: (keyFormat ?? null) as OfferedKeyFormat | null,
    attributes: readSlots(attributes),
  };
}

function writeSlot(name: string, { next, instances }: Slot): WrittenSlot {
  const { type } = declared(name);
  return {
    name,
    next,
    instances: instances.map(({ index, value }) => ({
      index,
      value: encodeRaw(valueTag, type, value, { edition }),
    })),
  };
}

function readSlots(slots: readonly WrittenSlot[]): AttributeSet {
  return new Map(slots.map((slot) => [slot.name, new ReadSlot(slot)]));
}

/** An attribute as it was read: its values are decoded when somebody asks for them, and most requests ask for few. */
class ReadSlot implements Slot {
  readonly next: number;
  readonly #written: WrittenSlot;
  #instances: Slot["instances"] | undefined;

  constructor(written: WrittenSlot) {
    this.next = written.next;
    this.#written = written;
  }

  get instances(): Slot["instances"] {
    const { name, instances } = this.#written;
    this.#instances ??= readInstances(name, instances);
    return this.#instances;
  }
}

function readInstances(name: string, instances: WrittenSlot["instances"]): Slot["instances"] {
  const { type } = declared(name);
  return instances.map(({ index, value }) => ({
    index,
    value: decodeRaw(value, type, { edition }),
  }));
}

function declared(name: string): AttributeRow {
  const row = attributeNamed(name);
  if (row === undefined) throw new Error(`no attribute ${name} is declared`);
  return row;
}
