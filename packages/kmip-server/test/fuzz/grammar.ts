import type { Item } from "@akm/ttlv";
import {
  aesAttributes,
  attribute,
  bytes,
  date,
  enumerated,
  flag,
  int,
  item,
  message,
  nameAttribute,
  struct,
  text,
} from "../support/wire.ts";
import { attributeName, createAttributes } from "./grammar-attributes.ts";
import { identifierPlaceholder } from "./placeholder.ts";
import type { Random } from "./random.ts";

/** Key bytes of every Register; no Result Message and no line of the log may show a part of them. */
export const registeredKey: Buffer = Buffer.from(
  "f1d2c3b4a5968778695a4b3c2d1e0ff0f1d2c3b4a5968778695a4b3c2d1e0ff0",
  "hex",
);

type OperationName = Parameters<typeof item>[0];
type Payload = (random: Random) => readonly (Item | undefined)[];

const keyType = (random: Random): Item => enumerated("ObjectType", random.oneIn(20) ? 1 : 2);

/** Now and then none: then the ID Placeholder is meant. */
const identifier = (random: Random): Item | undefined =>
  random.oneIn(4) ? undefined : text("UniqueIdentifier", identifierPlaceholder);

/** The payloads of all sixteen operations that are offered, most of them fit to be served. */
function payloads(
  someAttribute: (random: Random) => Item,
): Readonly<Partial<Record<OperationName, Payload>>> {
  const some = (random: Random, most: number): Item[] =>
    Array.from({ length: random.below(most + 1) }, () => someAttribute(random));

  const templateAttribute = (random: Random, ...first: readonly Item[]): Item => {
    const template = struct(
      "Name",
      text("NameValue", `template ${random.below(3)}`),
      enumerated("NameType", 1),
    );
    return struct(
      "TemplateAttribute",
      random.oneIn(12) ? template : undefined,
      ...first,
      ...some(random, 3),
    );
  };

  return {
    Create: (random) => [keyType(random), templateAttribute(random, ...aesAttributes())],
    Register: (random) => (random.oneIn(5) ? template(random) : key(random)),
    ReKey: (random) => [
      identifier(random),
      random.oneIn(3)
        ? { tag: 0x420058, type: "Interval", value: random.below(99_999) }
        : undefined,
      random.oneIn(3) ? templateAttribute(random) : undefined,
    ],
    Locate: (random) => [
      random.oneIn(3) ? int("MaximumItems", random.below(4)) : undefined,
      random.oneIn(9) ? int("StorageStatusMask", random.below(4)) : undefined,
      ...some(random, 2),
    ],
    Check: (random) => [
      identifier(random),
      random.oneIn(2) ? int("CryptographicUsageMask", 1 << random.below(21)) : undefined,
    ],
    Get: (random) => [
      identifier(random),
      random.oneIn(2) ? enumerated("KeyFormatType", random.pick([1, 1, 2, 7, 3])) : undefined,
    ],
    GetAttributes: (random) => [
      identifier(random),
      ...Array.from({ length: random.below(3) }, () =>
        text("AttributeName", attributeName(random)),
      ),
    ],
    GetAttributeList: (random) => [identifier(random)],
    AddAttribute: (random) => [identifier(random), someAttribute(random)],
    ModifyAttribute: (random) => [identifier(random), someAttribute(random)],
    DeleteAttribute: (random) => [
      identifier(random),
      text("AttributeName", attributeName(random)),
      random.oneIn(3) ? int("AttributeIndex", random.below(3)) : undefined,
    ],
    Activate: (random) => [identifier(random)],
    Revoke: (random) => [
      identifier(random),
      struct("RevocationReason", enumerated("RevocationReasonCode", 1 + random.below(7))),
      random.oneIn(3)
        ? date("CompromiseOccurrenceDate", BigInt(1_767_000_000 + random.below(400_000)))
        : undefined,
    ],
    Destroy: (random) => [identifier(random)],
    Query: (random) =>
      Array.from({ length: 1 + random.below(3) }, () =>
        enumerated("QueryFunction", 1 + random.below(8)),
      ),
    DiscoverVersions: (random) =>
      random.oneIn(2)
        ? []
        : [
            struct(
              "ProtocolVersion",
              int("ProtocolVersionMajor", 1),
              int("ProtocolVersionMinor", random.below(4)),
            ),
          ],
  };

  function template(random: Random): readonly Item[] {
    const name = nameAttribute(`template ${random.below(3)}`);
    const contents = [someAttribute(random), ...some(random, 2)];
    return [
      enumerated("ObjectType", 6),
      struct("TemplateAttribute", name),
      struct("Template", ...contents),
    ];
  }

  function key(random: Random): readonly Item[] {
    const mask = attribute(
      "Cryptographic Usage Mask",
      int("AttributeValue", random.below(1 << 20)),
    );
    return [
      keyType(random),
      templateAttribute(random, mask),
      struct("SymmetricKey", keyBlock(random)),
    ];
  }
}

function keyBlock(random: Random): Item {
  const isRaw = random.oneIn(2);
  const material = isRaw
    ? bytes("KeyMaterial", registeredKey)
    : struct("KeyMaterial", bytes("Key", registeredKey));
  return struct(
    "KeyBlock",
    enumerated("KeyFormatType", isRaw ? 1 : 7),
    struct("KeyValue", material),
    enumerated("CryptographicAlgorithm", 3),
    int("CryptographicLength", random.oneIn(9) ? 128 : 256),
  );
}

/** The names of the operations that messages are made of. */
export const fuzzedOperations: readonly string[] = Object.keys(payloads(() => int(0, 0)));

/** A maker of messages as clients send them: most have one item, some a few. */
export function createGrammar(seed: number): (random: Random) => Uint8Array {
  const made = payloads(createAttributes(seed));
  const names = Object.keys(made) as (keyof typeof made)[];
  const batchItem = (random: Random, id?: Uint8Array): Item => {
    // A message that begins with a Create has something for its other items to work on.
    const name = random.oneIn(4) || id?.[0] === 0 ? "Create" : random.pick(names);
    return item(name, made[name]?.(random), id);
  };
  return (random) => {
    const count = random.oneIn(4) ? 2 + random.below(4) : 1;
    const items = Array.from({ length: count }, (_, at) =>
      batchItem(random, count > 1 ? Buffer.from([at]) : undefined),
    );
    const header = [
      random.oneIn(9) ? int("MaximumResponseSize", random.below(2000)) : undefined,
      random.oneIn(9) ? flag("BatchOrderOption", true) : undefined,
    ].filter((member) => member !== undefined);
    return message(random.pick([1, 1, 1, 0, 2]), items, header);
  };
}
