import { BatchFailure, createClient, failures, SecretBytes } from "@akm/kmip-client";
import { expect, expectTypeOf, test } from "vitest";
import { createResponder, Refusal } from "./responder.ts";

const id = "iiX1WZ/GQs9I7nUs0VDbjwAA";
const aes = { cryptographicAlgorithm: "AES", cryptographicUsageMask: ["Encrypt"] } as const;

function responder() {
  return createResponder({
    Create: () => ({ objectType: "SymmetricKey", uniqueIdentifier: id }),
    Activate: () => ({ uniqueIdentifier: id }),
    Destroy: () => {
      throw new Refusal("PermissionDenied", "Active");
    },
    Locate: () => ({ uniqueIdentifier: [id] }),
    GetAttributeList: () => ({ uniqueIdentifier: id, attributeName: ["State"] }),
  });
}

test("a batch is one message whose items speak of the object before them", async () => {
  const { transport, requests } = responder();
  const batch = createClient(transport)
    .batch()
    .create({ objectType: "SymmetricKey", attributes: aes })
    .activate();
  const results = await batch.send();
  expectTypeOf(results[1]).toEqualTypeOf<{ readonly uniqueIdentifier: string }>();
  expect(results).toEqual([
    { objectType: "SymmetricKey", uniqueIdentifier: id },
    { uniqueIdentifier: id },
  ]);
  expect(requests).toHaveLength(1);
  expect(requests[0]?.requestHeader).toMatchObject({ batchCount: 2, batchOrderOption: true });
  const ids = requests[0]?.batchItem.map(({ uniqueBatchItemId }) => uniqueBatchItemId?.join());
  expect(ids).toEqual(["0,0,0,1", "0,0,0,2"]);
});

test("a batch is a value: what is added to it makes another one", async () => {
  const { transport, requests } = responder();
  const locate = createClient(transport).batch().locate();
  locate.getAttributeList();
  expect(await locate.send()).toEqual([{ uniqueIdentifier: [id] }]);
  expect(requests[0]?.requestHeader.batchCount).toBe(1);
});

test("settle gives the answers before the item that failed, and its failure", async () => {
  const { transport } = responder();
  const outcome = await createClient(transport).batch().activate().destroy().activate().settle();
  expect(outcome.done).toBe(false);
  expect(outcome.results).toEqual([{ uniqueIdentifier: id }]);
  expect(outcome.done || outcome.failure).toBeInstanceOf(failures.PermissionDenied);
  expect(outcome.done || outcome.failure).toMatchObject({ operation: "Destroy" });
});

test("send throws what settle tells", async () => {
  const { transport } = responder();
  const failed = createClient(transport).batch().activate().destroy().send();
  await expect(failed).rejects.toBeInstanceOf(BatchFailure);
  await expect(failed).rejects.toMatchObject({
    results: [{ uniqueIdentifier: id }],
    cause: { reason: "PermissionDenied" },
  });
});

test("a batch without items asks nothing", async () => {
  const { transport, requests } = responder();
  expect(await createClient(transport).batch().send()).toEqual([]);
  expect(requests).toEqual([]);
});

test("only a batch of reads may be sent twice", async () => {
  const { transport, options } = responder();
  const client = createClient(transport);
  await client.batch().locate().getAttributeList().send();
  await client.batch().locate().activate().send();
  expect(options.map(({ retry }) => retry)).toEqual(["once", "never"]);
});

test("secret bytes stand in no text", () => {
  expect(`${new SecretBytes(Uint8Array.of(1, 2, 3))}`).toBe("[secret]");
});
