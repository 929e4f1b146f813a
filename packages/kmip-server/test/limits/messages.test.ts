import { describe, expect, test } from "vitest";
import { buildTlsHouse, type Wire } from "../support/tls-house.ts";
import { item, message, payloadOf } from "../support/wire.ts";
import {
  createMany,
  createOfBytes,
  createOfDepth,
  createOfItems,
  createWithBigInteger,
  createWithText,
} from "./requests.ts";

const wholeMessage = [undefined, "InvalidMessage"] as const;
const thatItem = ["Create", "InvalidField"] as const;

interface Limit {
  readonly what: string;
  readonly most: number;
  /** The next size that a message can have. */
  readonly step?: number;
  readonly make: (size: number) => Uint8Array;
  /** How many keys a message of this size makes; one unless given. */
  readonly keys?: (size: number) => number;
  /** Operation and reason of the answer to one more. */
  readonly refusal: readonly [string | undefined, string];
  readonly text: RegExp;
  readonly closes: boolean;
}

const limits: readonly Limit[] = [
  {
    what: "bytes of a message",
    most: 1024 * 1024,
    step: 8,
    make: createOfBytes,
    refusal: wholeMessage,
    text: /1048584 bytes, at most 1048576 are read/,
    closes: true,
  },
  {
    what: "structures inside each other",
    most: 32,
    make: createOfDepth,
    refusal: wholeMessage,
    text: /more than 32 structures inside each other/,
    closes: true,
  },
  {
    what: "items of a message",
    most: 16_384,
    make: createOfItems,
    refusal: wholeMessage,
    text: /more than 16384 items/,
    closes: true,
  },
  {
    what: "items of a batch",
    most: 100,
    make: createMany,
    keys: (size) => size,
    refusal: wholeMessage,
    text: /Batch Count is 101, more than 100/,
    closes: false,
  },
  {
    what: "bytes of a text",
    most: 64 * 1024,
    make: createWithText,
    refusal: thatItem,
    text: /x-text.*65537 bytes, at most 65536/,
    closes: false,
  },
  {
    what: "bytes of a Big Integer",
    most: 4096,
    step: 8,
    make: createWithBigInteger,
    refusal: thatItem,
    text: /x-big.*4104 bytes, at most 4096/,
    closes: false,
  },
];

describe.each(limits)("$what", ({ most, step = 1, make, keys = () => 1, ...beyond }) => {
  test.each([
    ["one less than the limit", most - step],
    ["the limit", most],
  ])("%s: served", async (_, size) => {
    const { connect } = await buildTlsHouse();
    const alice = await connect("alice");
    const { batchItem } = await alice.ask(make(size));
    expect(batchItem.map(({ resultStatus }) => resultStatus)).toEqual(
      Array(keys(size)).fill("Success"),
    );
    expect(await countKeys(alice)).toBe(keys(size));
  });

  test("one more than the limit: refused, and nothing done", async () => {
    const { connect } = await buildTlsHouse();
    const alice = await connect("alice");
    const { batchItem } = await alice.ask(make(most + step));
    expect(batchItem.map((end) => [end.operation, end.resultReason])).toEqual([beyond.refusal]);
    expect(batchItem[0]?.resultMessage).toMatch(beyond.text);
    if (beyond.closes) await alice.closed;
    expect(await countKeys(beyond.closes ? await connect("alice") : alice)).toBe(0);
  });
});

/** How many keys the client sees. */
async function countKeys(wire: Wire): Promise<number> {
  return payloadOf(await wire.ask(message(1, [item("Locate")]))).length;
}
