import type { Item } from "@akm/ttlv";
import { expect, test } from "vitest";
import { buildTlsHouse, type Wire } from "../support/tls-house.ts";
import {
  type Answered,
  attribute,
  bytes,
  enumerated,
  find,
  int,
  item,
  message,
  payloadOf,
  struct,
  text,
  textAttribute,
} from "../support/wire.ts";
import { createPayload } from "./requests.ts";

// What counts is what Get Attributes answers, and that may be 256 instances.

const custom = (count: number): Item[] =>
  Array.from({ length: count }, (_, at) => textAttribute("x-many", `${at}`, at));

const keyBlock = struct(
  "SymmetricKey",
  struct(
    "KeyBlock",
    enumerated("KeyFormatType", 1),
    struct("KeyValue", bytes("KeyMaterial", new Uint8Array(16).fill(7))),
    enumerated("CryptographicAlgorithm", 3),
    int("CryptographicLength", 128),
  ),
);
const mask = attribute("Cryptographic Usage Mask", int("AttributeValue", 12));

const makers: readonly (readonly [string, (more: readonly Item[]) => Item])[] = [
  ["Create", (more) => item("Create", createPayload(more))],
  [
    "Register",
    (more) =>
      item("Register", [
        enumerated("ObjectType", 2),
        struct("TemplateAttribute", mask, ...more),
        keyBlock,
      ]),
  ],
  [
    "Register of a template",
    (more) =>
      item("Register", [
        enumerated("ObjectType", 6),
        struct("TemplateAttribute"),
        struct("Template", mask, ...more),
      ]),
  ],
];

test.each(makers)(
  "%s makes an object of 255 or 256 attributes, and none of 257",
  async (_, make) => {
    const { connect } = await buildTlsHouse();
    const alice = await connect("alice");
    const anyway = await countAttributes(alice, idOf(await one(alice, make([]))));
    for (const count of [255, 256]) {
      const made = await one(alice, make(custom(count - anyway)));
      expect(await countAttributes(alice, idOf(made))).toBe(count);
    }
    const { batchItem } = await one(alice, make(custom(257 - anyway)));
    expect(batchItem).toMatchObject([{ resultReason: "IndexOutOfBounds" }]);
    expect(batchItem[0]?.resultMessage).toMatch(/257 attributes, more than 256/);
    expect(payloadOf(await one(alice, item("Locate")))).toHaveLength(3);
  },
);

test("Add Attribute gives an object its 255th and 256th attribute, and no 257th", async () => {
  const { connect } = await buildTlsHouse();
  const alice = await connect("alice");
  const create = (more: readonly Item[]) => one(alice, item("Create", createPayload(more)));
  const anyway = await countAttributes(alice, idOf(await create([])));
  const id = idOf(await create(custom(254 - anyway)));
  const add = () =>
    one(
      alice,
      item("AddAttribute", [text("UniqueIdentifier", id), textAttribute("x-more", "one")]),
    );
  for (const count of [255, 256]) {
    expect(await add()).toMatchObject({ batchItem: [{ resultStatus: "Success" }] });
    expect(await countAttributes(alice, id)).toBe(count);
  }
  expect(await add()).toMatchObject({ batchItem: [{ resultReason: "IndexOutOfBounds" }] });
  expect(await countAttributes(alice, id)).toBe(256);
});

const one = (wire: Wire, batchItem: Item): Promise<Answered> => wire.ask(message(1, [batchItem]));

const idOf = (answer: Answered): string => find(payloadOf(answer), "UniqueIdentifier") as string;

async function countAttributes(wire: Wire, id: string): Promise<number> {
  const answer = await one(wire, item("GetAttributes", [text("UniqueIdentifier", id)]));
  return payloadOf(answer).length - 1;
}
