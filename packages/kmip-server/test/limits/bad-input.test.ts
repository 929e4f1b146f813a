import type { Item } from "@akm/ttlv";
import { describe, expect, test } from "vitest";
import { buildTlsHouse, type Wire } from "../support/tls-house.ts";
import { item, message, payloadOf } from "../support/wire.ts";
import { badBytes, badItems, keyBytes } from "./bad-items.ts";
import { badMessages, brokenMessages } from "./bad-messages.ts";
import { createPayload } from "./requests.ts";

describe("a message with", () => {
  test.each(badMessages)("%s is refused as a whole, and its client goes on", async (...row) => {
    const [, bad, reason, text] = row;
    const { connect } = await buildTlsHouse();
    const alice = await connect("alice");
    const { responseHeader, batchItem } = await alice.ask(bad);
    expect(responseHeader.batchCount).toBe(1);
    expect(batchItem).toEqual([refusal(reason, text)]);
    expect(await countKeys(alice)).toBe(0);
  });

  test.each(brokenMessages)("%s is refused, and its connection ends", async (...row) => {
    const [, bad, reason, text] = row;
    const { connect } = await buildTlsHouse();
    const alice = await connect("alice");
    const { batchItem } = await alice.ask(bad);
    expect(batchItem).toEqual([refusal(reason, text)]);
    await alice.closed;
    expect(await countKeys(await connect("alice"))).toBe(0);
  });
});

describe("an item with", () => {
  test.each(badItems)("%s is refused alone, and ends its batch", async (...row) => {
    const [, bad, reason, text] = row;
    await askBatch(batchWith(bad), reason, text);
  });

  test.each(badBytes)("%s is refused alone, and ends its batch", async (...row) => {
    const [, bad, from, into, text] = row;
    await askBatch(replaced(batchWith(bad), from, into), "InvalidMessage", text);
  });
});

/** A batch of a good item, this one, and another good one. */
function batchWith(bad: Item): Uint8Array {
  const good = (id: string) => item("Create", createPayload(), Buffer.from(id));
  return message(1, [good("1"), bad, good("3")]);
}

/** The message with other bytes at the one place where `from` stands. */
function replaced(whole: Uint8Array, from: string, into: string): Uint8Array {
  const [old, changed] = [from, into].map((digits) => Buffer.from(digits.replace(" ", ""), "hex"));
  const at = Buffer.from(whole).indexOf(old as Buffer);
  expect(at).toBeGreaterThan(0);
  const copy = Buffer.from(whole);
  (changed as Buffer).copy(copy, at);
  return copy;
}

/** Expects the first item to be done, the second to be refused, and no third; the connection goes on. */
async function askBatch(batch: Uint8Array, reason: string, text: RegExp): Promise<void> {
  const { connect } = await buildTlsHouse();
  const alice = await connect("alice");
  const { batchItem } = await alice.ask(batch);
  const [done, refused] = batchItem;
  expect(batchItem).toHaveLength(2);
  expect(done).toMatchObject({ resultStatus: "Success" });
  expect(refused).toMatchObject(refusal(reason, text));
  expect(Buffer.from(refused?.uniqueBatchItemId ?? [])).toEqual(Buffer.from("2"));
  expect(await countKeys(alice)).toBe(1);
  for (const form of ["hex", "base64", "latin1"] as const) {
    expect(refused?.resultMessage).not.toContain(keyBytes.toString(form));
  }
}

const refusal = (resultReason: string, text: RegExp) => ({
  resultStatus: "OperationFailed",
  resultReason,
  resultMessage: expect.stringMatching(text),
});

async function countKeys(wire: Wire): Promise<number> {
  return payloadOf(await wire.ask(message(1, [item("Locate")]))).length;
}
