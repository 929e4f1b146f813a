import { attributes, tags, v1_1 } from "@akm/kmip-model";
import { anyItem, decode, encode, type Item } from "@akm/ttlv";
import { arbitrary } from "@akm/ttlv/testing";
import * as fc from "fast-check";
import {
  attribute,
  bytes,
  date,
  enumerated,
  flag,
  int,
  nameAttribute,
  struct,
  text,
  textAttribute,
} from "../support/wire.ts";
import type { Random } from "./random.ts";

const newYear = 1_767_225_600n;
const dayS = 86_400;

/** A moment within ten days of the clock's first one. */
const someDate = (random: Random): bigint => newYear + BigInt(random.below(20 * dayS) - 10 * dayS);

const dates = [
  "Activation Date",
  "Process Start Date",
  "Protect Stop Date",
  "Deactivation Date",
] as const;

type Maker = (random: Random) => Item;

/** Attributes that a client may set, with values that mostly can stand. */
const sound: readonly Maker[] = [
  (random) => nameAttribute(`name ${random.below(40)}`),
  (random) => textAttribute("x-0", `value ${random.below(9)}`),
  (random) => textAttribute("x-0", `value ${random.below(9)}`),
  (random) => attribute(`x-${random.below(4)}`, leaf(random)),
  (random) => textAttribute("Object Group", `group ${random.below(3)}`),
  (random) => textAttribute("Contact Information", `call ${random.below(9)}`),
  () => textAttribute("Operation Policy Name", "default"),
  (random) => attribute(random.pick(dates), date("AttributeValue", someDate(random))),
  (random) => attribute("y-Destroy Permitted", flag("AttributeValue", !random.oneIn(4))),
  (random) => attribute("y-Re-key Permitted", flag("AttributeValue", !random.oneIn(4))),
  (random) => attribute("y-Mirrored", flag("AttributeValue", random.oneIn(2))),
  (random) => attribute("y-Access Check", enumerated("AttributeValue", 1 + random.below(6))),
  (random) => attribute("y-Auto Re-key Interval In Days", int("AttributeValue", random.below(4))),
  (random) => attribute("y-SQL Server Thumbprint", bytes("AttributeValue", random.bytes(20))),
  (random) =>
    attribute(
      "y-Metadata",
      struct("AttributeValue", text(0x540001 + random.below(17), `field ${random.below(9)}`)),
    ),
  (random) =>
    attribute(
      "Application Specific Information",
      struct(
        "AttributeValue",
        text("ApplicationNamespace", "tape"),
        text("ApplicationData", `${random.below(9)}`),
      ),
    ),
];

/** Values of custom attributes, of every type but Structure. */
function leaf(random: Random): Item {
  const tag = tags.AttributeValue;
  return random.pick<(at: bigint) => Item>([
    (at) => ({ tag, type: "LongInteger", value: at }),
    (at) => ({ tag, type: "BigInteger", value: at ** 9n }),
    (at) => ({ tag, type: "DateTime", value: at }),
    (at) => ({ tag, type: "Interval", value: Number(at) }),
    (at) => ({ tag, type: "Boolean", value: at % 2n === 0n }),
    (at) => ({ tag, type: "ByteString", value: Buffer.from(`${at}`) }),
  ])(BigInt(random.below(1000)));
}

/** How many values of each declared attribute are kept at hand. */
const valuesEach = 16;

/** A maker of attributes, all those that are declared among them. */
export function createAttributes(seed: number): Maker {
  const wild = Object.values(attributes).map((row) => {
    const values = fc.sample(arbitrary(row.type as never, tags.AttributeValue), {
      seed,
      numRuns: valuesEach,
    });
    const items = values.map((value) => {
      const encoded = encode(tags.AttributeValue, row.type as never, value, { edition: v1_1 });
      return decode(tags.AttributeValue, anyItem, encoded);
    });
    return { name: row.name, items };
  });
  return (random) => {
    if (!random.oneIn(6)) return random.pick(sound)(random);
    const { name, items } = random.pick(wild);
    return attribute(name, random.pick(items), random.oneIn(4) ? random.below(3) : undefined);
  };
}

const declaredNames = Object.values(attributes).map(({ name }) => name);

/** The name of an attribute, now and then one that nobody has. */
export function attributeName(random: Random): string {
  if (!random.oneIn(3)) return "x-0";
  return random.pick([...declaredNames, "y-Nothing", "__proto__", "Nothing"]);
}
