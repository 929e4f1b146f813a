import { createClient, failures, KmipFailure } from "@akm/kmip-client";
import { fromStructures, v1_1 } from "@akm/kmip-model";
import { expect, expectTypeOf, test } from "vitest";
import { createResponder, Refusal } from "./responder.ts";

const id = "iiX1WZ/GQs9I7nUs0VDbjwAA";

test("a method sends the payload of its operation and gives the answer's", async () => {
  const responder = createResponder({
    Activate: ({ uniqueIdentifier }: { uniqueIdentifier: string }) => ({ uniqueIdentifier }),
  });
  const client = createClient(responder.transport);
  const answer = await client.activate({ uniqueIdentifier: id });
  expectTypeOf(answer).toEqualTypeOf<{ readonly uniqueIdentifier: string }>();
  expect(answer).toEqual({ uniqueIdentifier: id });
  expect(responder.requests[0]?.requestHeader).toEqual({
    protocolVersion: { protocolVersionMajor: 1, protocolVersionMinor: 1 },
    batchCount: 1,
  });
});

test("the version that is chosen stands in the header", async () => {
  const responder = createResponder({ Locate: () => ({ uniqueIdentifier: [] }) });
  const client = createClient(responder.transport, { version: "1.0", maximumResponseSize: 8192 });
  expect(await client.locate()).toEqual({ uniqueIdentifier: [] });
  expect(responder.requests[0]?.requestHeader).toMatchObject({
    protocolVersion: { protocolVersionMajor: 1, protocolVersionMinor: 0 },
    maximumResponseSize: 8192,
  });
});

test("Create carries attributes, names of templates, dates and values of the client's own", async () => {
  const seen: object[] = [];
  const responder = createResponder({
    Create(request: object) {
      seen.push(request);
      return { objectType: "SymmetricKey", uniqueIdentifier: id };
    },
  });
  const client = createClient(responder.transport);
  await client.create({
    objectType: "SymmetricKey",
    templates: ["disks"],
    attributes: {
      name: ["disk-7", { nameValue: "urn:disk:7", nameType: "URI" }],
      cryptographicAlgorithm: "AES",
      cryptographicUsageMask: ["Encrypt", "Decrypt"],
      activationDate: new Date("2026-03-01T12:00:00.900Z"),
      custom: { "x-Rack": ["4", "5"], "x-Slot": 7 },
    },
  });
  const { templateAttribute } = seen[0] as {
    templateAttribute: { name: unknown; attribute: Parameters<typeof fromStructures>[0] };
  };
  expect(templateAttribute.name).toEqual([
    { nameValue: "disks", nameType: "UninterpretedTextString" },
  ]);
  expect(fromStructures(templateAttribute.attribute, v1_1)).toMatchObject({
    name: [
      { nameValue: "disk-7", nameType: "UninterpretedTextString" },
      { nameValue: "urn:disk:7", nameType: "URI" },
    ],
    activationDate: 1772366400n,
    custom: {
      "x-Rack": [
        { type: "TextString", value: "4" },
        { type: "TextString", value: "5" },
      ],
      "x-Slot": [{ type: "Integer", value: 7 }],
    },
  });
});

test("a refusal is thrown in the class of its reason, with the server's words", async () => {
  const responder = createResponder({
    Get: () => {
      throw new Refusal("ItemNotFound", "no object x");
    },
  });
  const failed = createClient(responder.transport).get({ uniqueIdentifier: "x" });
  await expect(failed).rejects.toBeInstanceOf(failures.ItemNotFound);
  await expect(failed).rejects.toBeInstanceOf(KmipFailure);
  await expect(failed).rejects.not.toBeInstanceOf(failures.PermissionDenied);
  await expect(failed).rejects.toMatchObject({
    name: "ItemNotFound",
    operation: "Get",
    reason: "ItemNotFound",
    resultMessage: "no object x",
    message: "Get: ItemNotFound: no object x",
  });
});

test("a call that is aborted before it begins is not sent", async () => {
  const { transport, requests } = createResponder({ Locate: () => ({ uniqueIdentifier: [] }) });
  const aborted = createClient(transport).locate({}, { signal: AbortSignal.abort() });
  await expect(aborted).rejects.toMatchObject({ code: "Aborted", executed: "no" });
  expect(requests).toEqual([]);
});

test("a Template-Attribute that need not be there is not sent empty", async () => {
  const asked: object[] = [];
  const { transport } = createResponder({
    ReKey(request: object) {
      asked.push(request);
      return { uniqueIdentifier: "b" };
    },
  });
  await createClient(transport).reKey({ uniqueIdentifier: "a", offset: 0 });
  expect(asked).toEqual([{ uniqueIdentifier: "a", offset: 0 }]);
});
