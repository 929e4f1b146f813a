import {
  createClient,
  ensureKey,
  failures,
  getKey,
  KeyMismatch,
  locateAll,
  rotate,
  type Transport,
  TransportError,
} from "@akm/kmip-client";
import { tags } from "@akm/kmip-model";
import { byteString, encodeRaw } from "@akm/ttlv";
import { expect, test } from "vitest";
import { createKeyStore } from "./key-store.ts";
import { type Answers, createResponder, Refusal } from "./responder.ts";

const spec = {
  cryptographicAlgorithm: "AES",
  cryptographicLength: 256,
  cryptographicUsageMask: ["Encrypt", "Decrypt"],
} as const;

function start(more: Answers = {}) {
  const { keys, answers } = createKeyStore();
  const responder = createResponder({ ...answers, ...more });
  const asked = () => responder.requests.flatMap((r) => r.batchItem.map((item) => item.operation));
  return { keys, asked, responder, client: createClient(responder.transport) };
}

/** Carries the first request of this operation out and loses its answer. */
function losing(transport: Transport, operation: number): Transport {
  let lost = false;
  return async (message, options) => {
    const answer = await transport(message, options);
    const isIt = Buffer.from(message).includes(
      Buffer.from([0x42, 0, 0x5c, 5, 0, 0, 0, 4, 0, 0, 0, operation]),
    );
    if (lost || !isIt) return answer;
    lost = true;
    throw new TransportError("Closed", "the connection ended", { executed: "unknown" });
  };
}

test("ensureKey makes a key once", async () => {
  const { client, keys } = start();
  expect(await ensureKey(client, "disk-7", { attributes: spec })).toEqual({
    uniqueIdentifier: "key-1",
    created: true,
  });
  expect(await ensureKey(client, "disk-7", { attributes: spec })).toEqual({
    uniqueIdentifier: "key-1",
    created: false,
  });
  expect(keys).toHaveLength(1);
});

test("many who ensure a key at the same time get one", async () => {
  const { client, keys } = start();
  const all = await Promise.all(
    Array.from({ length: 8 }, () => ensureKey(client, "disk-7", { attributes: spec })),
  );
  expect(new Set(all.map(({ uniqueIdentifier }) => uniqueIdentifier))).toEqual(new Set(["key-1"]));
  expect(all.filter(({ created }) => created)).toHaveLength(1);
  expect(keys).toHaveLength(1);
});

test("ensureKey finds the key whose Create was carried out and whose answer was lost", async () => {
  const { responder, keys } = start();
  const client = createClient(losing(responder.transport, 1));
  expect(await ensureKey(client, "disk-7", { attributes: spec })).toEqual({
    uniqueIdentifier: "key-1",
    created: false,
  });
  expect(keys).toHaveLength(1);
});

test("ensureKey refuses a key of another kind", async () => {
  const { client } = start();
  await ensureKey(client, "disk-7", { attributes: spec });
  const other = ensureKey(client, "disk-7", { attributes: { ...spec, cryptographicLength: 128 } });
  await expect(other).rejects.toBeInstanceOf(KeyMismatch);
  await expect(other).rejects.toThrow("key-1 has cryptographicLength 256, not 128");
});

test("ensureKey throws a refusal that has nothing to do with the name", async () => {
  const { client } = start({
    Create: () => {
      throw new Refusal("InvalidField", "Cryptographic Length 257");
    },
  });
  const impossible = ensureKey(client, "disk-7", { attributes: spec });
  await expect(impossible).rejects.toBeInstanceOf(failures.InvalidField);
});

test("ensureKey does not take another refusal for a name that is taken", async () => {
  const { keys, answers } = createKeyStore();
  const { transport } = createResponder({
    ...answers,
    Create: (request: never) => {
      answers.Create?.(request);
      throw new Refusal("PermissionDenied", "no");
    },
  });
  const denied = ensureKey(createClient(transport), "disk-7", { attributes: spec });
  await expect(denied).rejects.toBeInstanceOf(failures.PermissionDenied);
  expect(keys).toHaveLength(1);
});

test("ensureKey asks nothing more once the caller has given up", async () => {
  const { responder, asked } = start();
  const controller = new AbortController();
  const client = createClient(async (message, options) => {
    const answer = await responder.transport(message, options);
    if (asked().at(-1) !== "Create") return answer;
    controller.abort();
    throw new TransportError("Aborted", "the call was aborted", { executed: "unknown" });
  });
  const { signal } = controller;
  const aborted = ensureKey(client, "disk-7", { attributes: spec, signal });
  await expect(aborted).rejects.toMatchObject({ code: "Aborted", executed: "unknown" });
  expect(asked()).toEqual(["Locate", "Create"]);
});

test("rotate replaces the newest instance, and getKey follows the name", async () => {
  const { client, keys } = start({
    Get: ({ uniqueIdentifier }: { uniqueIdentifier: string }) => ({
      objectType: "SymmetricKey",
      uniqueIdentifier,
      symmetricKey: {
        keyBlock: {
          keyFormatType: "Raw",
          keyValue: {
            keyMaterial: encodeRaw(tags.KeyMaterial, byteString, Uint8Array.of(7)),
            attribute: [],
          },
        },
      },
    }),
  });
  await ensureKey(client, "disk-7", { attributes: { ...spec, activationDate: new Date(0) } });
  expect(await rotate(client, "disk-7")).toEqual({ uniqueIdentifier: "key-2", replaced: "key-1" });
  expect(keys[1]?.attributes.activationDate).toBe(0n);
  const key = await getKey(client, "disk-7");
  expect(key).toMatchObject({ uniqueIdentifier: "key-2", keyFormatType: "Raw" });
  expect(key?.key.reveal()).toEqual(Uint8Array.of(7));
  expect(JSON.stringify(key)).toContain('"key":"[secret]"');
});

test("a key without an Activation Date is rotated without an Offset", async () => {
  const { client, keys } = start();
  await ensureKey(client, "disk-7", { attributes: spec });
  await rotate(client, "disk-7");
  expect(keys[1]?.attributes.activationDate).toBe(1000n);
});

test("a key that is Pre-Active with an Activation Date keeps it", async () => {
  const { client, keys } = start();
  await ensureKey(client, "disk-7", { attributes: { ...spec, activationDate: 5n } });
  for (const key of keys) key.attributes = { ...key.attributes, state: "PreActive" };
  await rotate(client, "disk-7");
  expect(keys[1]?.attributes.activationDate).toBe(1000n);
});

test("a key that may not be rotated is a refusal", async () => {
  const { client } = start({
    ReKey: () => {
      throw new Refusal("PermissionDenied", "y-Re-key Permitted is false");
    },
  });
  await ensureKey(client, "disk-7", { attributes: spec });
  await expect(rotate(client, "disk-7")).rejects.toBeInstanceOf(failures.PermissionDenied);
});

test("many who rotate at the same time get one new instance", async () => {
  const { client, keys } = start();
  await ensureKey(client, "disk-7", { attributes: spec });
  const all = await Promise.all(Array.from({ length: 4 }, () => rotate(client, "disk-7")));
  expect(all).toEqual(all.map(() => ({ uniqueIdentifier: "key-2", replaced: "key-1" })));
  expect(keys).toHaveLength(2);
});

test("rotate finds the new instance whose answer was lost", async () => {
  const { client, responder, keys } = start();
  await ensureKey(client, "disk-7", { attributes: spec });
  const rotated = await rotate(createClient(losing(responder.transport, 4)), "disk-7");
  expect(rotated).toEqual({ uniqueIdentifier: "key-2", replaced: "key-1" });
  expect(keys).toHaveLength(2);
});

test("without a key of that name getKey gives nothing and rotate fails", async () => {
  const { client } = start();
  expect(await getKey(client, "nothing")).toBeUndefined();
  await expect(rotate(client, "nothing")).rejects.toBeInstanceOf(failures.ItemNotFound);
});

test("locateAll asks for a page when it is needed, and gives nothing twice", async () => {
  const { client, asked } = start();
  for (let i = 0; i < 5; i++) await ensureKey(client, `disk-${i}`, { attributes: spec });
  const before = asked().length;
  const all = locateAll(client, {}, { pageItems: 2 });
  expect(await all.next()).toEqual({ done: false, value: "key-1" });
  expect(asked().length - before).toBe(1);
  const rest: string[] = [];
  for await (const id of all) rest.push(id);
  expect(rest).toEqual(["key-2", "key-3", "key-4", "key-5"]);
  expect(asked().length - before).toBe(3);
});

test("locateAll ends on a server that pays no heed to the offset", async () => {
  const { client } = start({ Locate: () => ({ uniqueIdentifier: ["a", "b"] }) });
  const all: string[] = [];
  for await (const id of locateAll(client, {}, { pageItems: 2 })) all.push(id);
  expect(all).toEqual(["a", "b"]);
});

test("where several keys have one name, the youngest is taken", async () => {
  const { client, keys } = start();
  await ensureKey(client, "a", { attributes: spec });
  await ensureKey(client, "b", { attributes: spec });
  for (const key of keys)
    key.attributes = { ...key.attributes, name: [{ nameValue: "c", nameType: "URI" }] };
  expect(await rotate(client, { nameValue: "c", nameType: "URI" })).toMatchObject({
    replaced: "key-2",
  });
});
