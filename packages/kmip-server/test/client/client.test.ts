import {
  type Client,
  createClient,
  createTlsTransport,
  ensureKey,
  failures,
  getKey,
  locateAll,
  rotate,
  type Version,
} from "@akm/kmip-client";
import type { CertifiedKey } from "@akm/pki";
import { expect, onTestFinished, test } from "vitest";
import { buildHouse } from "../support/house.ts";
import { alice, pki, type Started, start } from "../transport/support.ts";

const aes = {
  cryptographicAlgorithm: "AES",
  cryptographicLength: 256,
  cryptographicUsageMask: ["Encrypt", "Decrypt"],
} as const;

function startServer(): Promise<Started> {
  const { server } = buildHouse();
  return start({ answer: server.answer, refuse: server.refuse });
}

/** A client over TLS that ends with the test. */
function connect({ listener }: Started, who: CertifiedKey, version: Version = "1.1"): Client {
  const transport = createTlsTransport({
    host: "127.0.0.1",
    port: listener.port,
    cert: who.certificatePem,
    key: who.keyPem,
    ca: pki.authority.certificatePem,
  });
  onTestFinished(() => transport.close());
  return createClient(transport.send, { version });
}

async function idsOf(all: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const id of all) found.push(id);
  return found;
}

test.each(["1.0", "1.1"] as const)("a key lives its life over TLS and KMIP %s", async (version) => {
  const client = connect(await startServer(), alice, version);
  const { uniqueIdentifier } = await client.create({ objectType: "SymmetricKey", attributes: aes });
  await client.activate({ uniqueIdentifier });
  const { symmetricKey } = await client.get({ uniqueIdentifier });
  expect(symmetricKey).toMatchObject({ keyFormatType: "Raw", cryptographicAlgorithm: "AES" });
  const { attributes } = await client.getAttributes({ uniqueIdentifier });
  expect(attributes).toMatchObject({ ...aes, uniqueIdentifier, state: "Active", current: true });
  const early = client.destroy({ uniqueIdentifier });
  await expect(early).rejects.toBeInstanceOf(failures.PermissionDenied);
  const revocationReason = { revocationReasonCode: "Superseded" } as const;
  await client.revoke({ uniqueIdentifier, revocationReason });
  await client.destroy({ uniqueIdentifier });
  const gone = client.get({ uniqueIdentifier });
  await expect(gone).rejects.toBeInstanceOf(failures.ItemNotFound);
});

test.each(["Raw", "TransparentSymmetricKey"] as const)(
  "a registered %s key is given in either format",
  async (format) => {
    const client = connect(await startServer(), alice);
    const key = Uint8Array.from({ length: 32 }, (_, i) => i);
    const { uniqueIdentifier } = await client.register({
      objectType: "SymmetricKey",
      attributes: { cryptographicUsageMask: ["Encrypt"] },
      symmetricKey: {
        key,
        keyFormatType: format,
        cryptographicAlgorithm: "AES",
        cryptographicLength: 256,
      },
    });
    for (const keyFormatType of ["Raw", "TransparentSymmetricKey"] as const) {
      const { symmetricKey } = await client.get({ uniqueIdentifier, keyFormatType });
      expect(symmetricKey?.keyFormatType).toBe(keyFormatType);
      expect(symmetricKey?.key.reveal()).toEqual(key);
    }
  },
);

test("attributes are added, changed, found and deleted", async () => {
  const client = connect(await startServer(), alice);
  const { uniqueIdentifier } = await client.create({
    objectType: "SymmetricKey",
    attributes: { ...aes, name: ["disk-7"] },
  });
  const custom = { "x-Rack": "4" };
  await client.addAttribute({ uniqueIdentifier, attribute: { custom } });
  await client.modifyAttribute({ uniqueIdentifier, attribute: { name: ["disk-8"] } });
  expect(await client.locate({ attributes: { name: ["disk-8"], custom } })).toEqual({
    uniqueIdentifier: [uniqueIdentifier],
  });
  await client.deleteAttribute({ uniqueIdentifier, attributeName: "x-Rack" });
  expect(await client.locate({ attributes: { custom } })).toEqual({ uniqueIdentifier: [] });
});

test("a batch stops at the item that fails, and what ran before stays done", async () => {
  const client = connect(await startServer(), alice);
  const outcome = await client
    .batch()
    .create({ objectType: "SymmetricKey", attributes: aes })
    .activate()
    .destroy()
    .get()
    .settle();
  expect(outcome).toMatchObject({
    done: false,
    failure: { operation: "Destroy", reason: "PermissionDenied" },
  });
  const [created, activated, ...none] = outcome.results;
  expect(activated).toEqual({ uniqueIdentifier: created?.uniqueIdentifier });
  expect(none).toEqual([]);
});

test("many who ensure a key at once over connections of their own get one", async () => {
  const started = await startServer();
  const clients = Array.from({ length: 4 }, () => connect(started, alice));
  const all = await Promise.all(
    clients.map((client) => ensureKey(client, "disk-7", { attributes: aes })),
  );
  expect(new Set(all.map(({ uniqueIdentifier }) => uniqueIdentifier)).size).toBe(1);
  expect(all.filter(({ created }) => created)).toHaveLength(1);
});

test("many who rotate a key at once make no instance that none of them gets", async () => {
  const started = await startServer();
  const clients = Array.from({ length: 4 }, () => connect(started, alice));
  const [client] = clients as [Client];
  const dated = { attributes: { ...aes, activationDate: new Date(0) } };
  const first = await ensureKey(client, "disk-7", dated);
  const all = await Promise.all(clients.map((each) => rotate(each, "disk-7")));
  const made = new Set(all.map(({ uniqueIdentifier }) => uniqueIdentifier));
  const found = new Set(await idsOf(locateAll(client)));
  expect(found).toEqual(new Set([first.uniqueIdentifier, ...made]));
  expect(made).toContain((await getKey(client, "disk-7"))?.uniqueIdentifier);
});

test("a rotated key is Active at once, and the old instance stays usable", async () => {
  const client = connect(await startServer(), alice);
  await ensureKey(client, "disk-7", { attributes: { ...aes, activationDate: new Date(0) } });
  for (const uniqueIdentifier of Object.values(await rotate(client, "disk-7"))) {
    const { attributes } = await client.getAttributes({ uniqueIdentifier });
    expect(attributes).toMatchObject({ state: "Active", keyName: "disk-7" });
  }
});

test("locateAll pages through the objects", async () => {
  const client = connect(await startServer(), alice);
  const made = new Set<string>();
  for (let i = 0; i < 7; i++) {
    made.add((await ensureKey(client, `disk-${i}`, { attributes: aes })).uniqueIdentifier);
  }
  const found = await idsOf(locateAll(client, {}, { pageItems: 3 }));
  expect(found).toHaveLength(7);
  expect(new Set(found)).toEqual(made);
});

test("a refused certificate is told as one", async () => {
  const client = connect(await startServer(), await pki.odd("foreign"));
  await expect(client.activate({ uniqueIdentifier: "a" })).rejects.toMatchObject({
    name: "TransportError",
    message: expect.stringMatching(/certificate|TLS/),
  });
});
