import { createMemoryStore, StoreError } from "@akm/store";
import { contract } from "@akm/store/contract";
import { describe, expect, test } from "vitest";

describe("the contract holds in memory", () => {
  for (const { title, check } of contract) test(title, () => check(createMemoryStore()));
});

const record = { id: "op", at: 1n, body: Uint8Array.of(1) };

test("the memory store tells the time that it was handed", () => {
  let now = 5;
  const store = createMemoryStore({ now: () => now });
  expect(store.now()).toBe(5);
  now = 7;
  expect(store.now()).toBe(7);
});

test("audit() shows the records in the order of their commits", async () => {
  const store = createMemoryStore();
  await store.commit({ audit: [{ ...record, id: "b" }] });
  await store.append([{ ...record, id: "a" }], "soon");
  expect(store.audit().map(({ id }) => id)).toEqual(["b", "a"]);
});

test("audit() hands out copies", async () => {
  const store = createMemoryStore();
  await store.append([record], "durable");
  store.audit()[0]?.body.fill(9);
  expect(store.audit()[0]?.body).toEqual(Uint8Array.of(1));
});

test("a closed store cannot be asked", async () => {
  const store = createMemoryStore();
  await store.close();
  await expect(store.read(["a"])).rejects.toThrow(StoreError);
  expect(await store.commit({ audit: [] })).toMatchObject({ outcome: "failed" });
  expect(await store.health()).toEqual({ ready: false, why: "the store is closed" });
});
