import { createMemoryStore, StoreError } from "@akm/store";
import { type Misbehaviour, unreliable } from "@akm/store/testing";
import { expect, test } from "vitest";

const change = { audit: [{ id: "op", at: 1n, body: Uint8Array.of(1) }] };

/** A memory store that misbehaves once, at its first call. */
function once(misbehaviour: Misbehaviour) {
  const memory = createMemoryStore();
  return { memory, store: unreliable(memory, (_, before) => (before ? undefined : misbehaviour)) };
}

test("a commit that fails does not reach the store", async () => {
  const { memory, store } = once("fail");
  expect(await store.commit(change)).toMatchObject({ outcome: "failed" });
  expect(memory.audit()).toEqual([]);
  expect(await store.commit(change)).toEqual({ outcome: "committed" });
});

test.each([
  ["unknown-done", 1],
  ["unknown-undone", 0],
] as const)("a commit with the outcome %s leaves %i records", async (misbehaviour, records) => {
  const { memory, store } = once(misbehaviour);
  expect(await store.commit(change)).toMatchObject({ outcome: "unknown" });
  expect(memory.audit()).toHaveLength(records);
});

test("a durable append that is not known to be written throws, written or not", async () => {
  const { memory, store } = once("unknown-done");
  await expect(store.append(change.audit, "durable")).rejects.toThrow(StoreError);
  expect(memory.audit()).toHaveLength(1);
});

test("a read waits until the test lets it go", async () => {
  let go: (value?: unknown) => void = () => undefined;
  const { store } = once({
    wait: new Promise((resolve) => {
      go = resolve;
    }),
  });
  let done = false;
  const read = store.read(["a"]).then(() => {
    done = true;
  });
  await store.read(["b"]);
  expect(done).toBe(false);
  go();
  await read;
  expect(done).toBe(true);
});

test("a search and a clock that fail throw", async () => {
  const { store } = once("fail");
  await expect(store.find({ terms: [] })[Symbol.asyncIterator]().next()).rejects.toThrow(
    StoreError,
  );
  expect(() => store.now()).toThrow(StoreError);
});
