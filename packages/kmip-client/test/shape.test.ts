import { inspect } from "node:util";
import { createClient, ProtocolError, SecretBytes } from "@akm/kmip-client";
import { type AttributeStructure, fromStructures, toStructures, v1_1 } from "@akm/kmip-model";
import { expect, expectTypeOf, test } from "vitest";
import { createResponder } from "./responder.ts";

const bytes = Uint8Array.from({ length: 32 }, (_, i) => i);
const aes = { cryptographicAlgorithm: "AES", cryptographicLength: 256 } as const;

/** A server that keeps the object of the last Register and gives it back. */
function keeper(change: (keyBlock: object) => object = (block) => block) {
  let kept: { symmetricKey?: { keyBlock: object }; template?: object } = {};
  return createResponder({
    Register(request: typeof kept) {
      kept = request;
      return { uniqueIdentifier: "a" };
    },
    Get: () => ({
      objectType: kept.template === undefined ? "SymmetricKey" : "Template",
      uniqueIdentifier: "a",
      ...(kept.template && { template: kept.template }),
      ...(kept.symmetricKey && { symmetricKey: { keyBlock: change(kept.symmetricKey.keyBlock) } }),
    }),
  });
}

test.each(["Raw", "TransparentSymmetricKey"] as const)(
  "a %s key comes back as it was registered",
  async (keyFormatType) => {
    const client = createClient(keeper().transport);
    const symmetricKey = { key: bytes, keyFormatType, ...aes };
    await client.register({ objectType: "SymmetricKey", symmetricKey });
    const answer = await client.get();
    expect(answer).toMatchObject({ symmetricKey: { keyFormatType, ...aes } });
    expect(answer.symmetricKey?.key.reveal()).toEqual(bytes);
  },
);

test("key bytes are in no text, JSON or inspection of an answer", async () => {
  const client = createClient(keeper().transport);
  const symmetricKey = { key: new SecretBytes(bytes), ...aes };
  await client.register({ objectType: "SymmetricKey", symmetricKey });
  const { symmetricKey: found } = await client.get();
  expect(JSON.stringify(found)).toContain('"key":"[secret]"');
  expect(inspect(found, { depth: 9, showHidden: true })).toContain("key: [secret]");
  expect(`${found?.key}`).toBe("[secret]");
});

test("secret bytes are a copy, and gone after wipe", () => {
  const given = Uint8Array.of(1, 2, 3);
  const secret = new SecretBytes(given);
  given.fill(0);
  const revealed = secret.reveal();
  expect([secret.length, ...revealed]).toEqual([3, 1, 2, 3]);
  secret.wipe();
  expect([...revealed]).toEqual([0, 0, 0]);
  expect(() => secret.reveal()).toThrow("after they were wiped");
});

test("a key that is wrapped, compressed or of another format is a protocol error, and call gives it", async () => {
  const wrapped = keeper((block) => ({ ...block, keyValue: bytes }));
  const compressed = keeper((block) => ({
    ...block,
    keyCompressionType: "ECPublicKeyTypeUncompressed",
  }));
  const pkcs8 = keeper((block) => ({ ...block, keyFormatType: "PKCS_8" }));
  const texts = ["is wrapped", "is compressed", "key format PKCS_8"];
  for (const [i, { transport }] of [wrapped, compressed, pkcs8].entries()) {
    const client = createClient(transport);
    await client.register({ objectType: "SymmetricKey", symmetricKey: { key: bytes } });
    await expect(client.get()).rejects.toThrow(texts[i]);
    await expect(client.get()).rejects.toBeInstanceOf(ProtocolError);
    expect((await client.call("Get", {})).symmetricKey).toBeDefined();
  }
});

test("a template is registered and read as attributes", async () => {
  const client = createClient(keeper().transport);
  const attributes = { ...aes, cryptographicUsageMask: ["Encrypt"] } as const;
  await client.register({
    objectType: "Template",
    attributes: { name: ["disks"] },
    template: { attributes },
  });
  expect(await client.get()).toEqual({
    objectType: "Template",
    uniqueIdentifier: "a",
    template: { attributes },
  });
});

test("one attribute is given and answered as attributes of one", async () => {
  const asked: AttributeStructure[] = [];
  const client = createClient(
    createResponder({
      ModifyAttribute({ attribute }: { attribute: AttributeStructure }) {
        asked.push(attribute);
        return { uniqueIdentifier: "a", attribute };
      },
    }).transport,
  );
  const name = [{ nameValue: "disk-8", nameType: "UninterpretedTextString" }] as const;
  const answer = await client.modifyAttribute({
    attribute: { name: ["disk-8"] },
    attributeIndex: 1,
  });
  expect(answer).toEqual({ uniqueIdentifier: "a", attribute: { name }, attributeIndex: 1 });
  expect(asked[0]).toMatchObject({ attributeName: "Name", attributeIndex: 1 });
  const none = client.modifyAttribute({ attribute: {} });
  await expect(none).rejects.toThrow("attribute holds 0 instances, one is wanted");
  const two = client.modifyAttribute({ attribute: { name: ["a", "b"] } });
  await expect(two).rejects.toThrow(TypeError);
});

test("Delete Attribute names its attribute, index included", async () => {
  const asked: object[] = [];
  const [attribute] = toStructures({ contactInformation: "ops" }, v1_1);
  const client = createClient(
    createResponder({
      DeleteAttribute(request: object) {
        asked.push(request);
        return { uniqueIdentifier: "a", attribute };
      },
    }).transport,
  );
  const answer = await client.deleteAttribute({
    attributeName: "Contact Information",
    attributeIndex: 0,
  });
  expect(asked).toEqual([{ attributeName: "Contact Information", attributeIndex: 0 }]);
  expect(answer).toEqual({ uniqueIdentifier: "a", attribute: { contactInformation: "ops" } });
});

test("Locate takes a range of dates as two filters", async () => {
  const asked: { attribute: AttributeStructure[] }[] = [];
  const client = createClient(
    createResponder({
      Locate(request: { attribute: AttributeStructure[] }) {
        asked.push(request);
        return { uniqueIdentifier: [] };
      },
    }).transport,
  );
  const initialDate = [new Date(1000), 5n] as const;
  await client.locate({ attributes: { state: "Active", initialDate }, maximumItems: 3 });
  const [{ attribute, ...rest }] = asked as [(typeof asked)[0]];
  expect(rest).toEqual({ maximumItems: 3 });
  expect(attribute.map((each) => fromStructures([each], v1_1))).toEqual([
    { state: "Active" },
    { initialDate: 1n },
    { initialDate: 5n },
  ]);
});

test("Revoke takes a Date where it takes seconds", async () => {
  const asked: object[] = [];
  const client = createClient(
    createResponder({
      Revoke(request: object) {
        asked.push(request);
        return { uniqueIdentifier: "a" };
      },
    }).transport,
  );
  await client.revoke({
    revocationReason: { revocationReasonCode: "KeyCompromise" },
    compromiseOccurrenceDate: new Date(2999),
  });
  expect(asked).toEqual([
    { revocationReason: { revocationReasonCode: "KeyCompromise" }, compromiseOccurrenceDate: 2n },
  ]);
});

test("custom values have the wire type of their kind", async () => {
  let attribute: readonly AttributeStructure[] = [];
  const client = createClient(
    createResponder({
      Locate(request: { attribute: AttributeStructure[] }) {
        attribute = request.attribute;
        return { uniqueIdentifier: [] };
      },
    }).transport,
  );
  const values = ["text", 1, 2n, true, Uint8Array.of(3), new Date(4000)];
  const item = { tag: 0, type: "Interval", value: 5 } as const;
  await client.locate({ attributes: { custom: { "x-A": [...values, item] } } });
  expect(
    fromStructures(attribute, v1_1).custom?.["x-A"]?.map(({ type, value }) => [type, value]),
  ).toEqual([
    ["TextString", "text"],
    ["Integer", 1],
    ["LongInteger", 2n],
    ["Boolean", true],
    ["ByteString", Uint8Array.of(3)],
    ["DateTime", 4n],
    ["Interval", 5],
  ]);
});

test("what is required is required by the types", () => {
  const client = createClient(async () => bytes);
  expectTypeOf(client.get).toBeCallableWith();
  expectTypeOf(client.create).parameter(0).toHaveProperty("objectType");
  // @ts-expect-error: Object Type is required
  void (() => client.create({}));
  // @ts-expect-error: nothing is sent for an operation without declared payloads
  void (() => client.archive());
  const attributes = { cryptographicAlgorithm: "ROT13" } as const;
  // @ts-expect-error: no such algorithm
  void (() => client.create({ objectType: "SymmetricKey", attributes }));
});
