import {
  createClient,
  createTlsTransport,
  ensureKey,
  failures,
  getKey,
  type TlsTransportOptions,
} from "@akm/kmip-client";
import { hasPyKmip, type PyKmip, startPyKmip } from "@akm/pykmip";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { credentials } from "./tls-server.ts";

const spec = {
  cryptographicAlgorithm: "AES",
  cryptographicLength: 256,
  cryptographicUsageMask: ["Encrypt", "Decrypt"],
} as const;

const isThere = hasPyKmip();
const title = isThere
  ? "PyKMIP's server"
  : "PyKMIP's server (skipped: python3-pykmip is not installed)";

describe.skipIf(!isThere)(title, () => {
  let server: PyKmip;
  let reach: TlsTransportOptions;
  beforeAll(async () => {
    server = await startPyKmip();
    const client = credentials(await server.pki.client("alice"), server.pki.authority);
    reach = { host: "127.0.0.1", port: server.port, ...client };
  });
  afterAll(() => server?.stop());

  async function using<Result>(
    act: (client: ReturnType<typeof createClient>) => Promise<Result>,
    { version, ...options }: Partial<TlsTransportOptions> & { version?: "1.0" | "1.1" } = {},
  ): Promise<Result> {
    const transport = createTlsTransport({ ...reach, ...options });
    try {
      return await act(createClient(transport.send, version === undefined ? {} : { version }));
    } finally {
      await transport.close();
    }
  }

  test.each(["1.0", "1.1"] as const)(
    "keeps a key through its life, over KMIP %s",
    async (version) => {
      await using(
        async (client) => {
          const name = `disk-${version}`;
          const attributes = { ...spec, name: [name] };
          const made = await client.create({ objectType: "SymmetricKey", attributes });
          const { uniqueIdentifier } = made;
          expect(await client.locate({ attributes: { name: [name] } })).toEqual({
            uniqueIdentifier: [uniqueIdentifier],
          });
          const { symmetricKey } = await client.get({ uniqueIdentifier });
          expect(symmetricKey).toMatchObject({ keyFormatType: "Raw", cryptographicLength: 256 });
          expect(symmetricKey?.key.length).toBe(32);
          await client.activate({ uniqueIdentifier });
          const answer = await client.getAttributes({ uniqueIdentifier, attributeName: ["State"] });
          expect(answer.attributes).toEqual({ state: "Active" });
          const early = client.destroy({ uniqueIdentifier });
          await expect(early).rejects.toBeInstanceOf(failures.PermissionDenied);
          await client.revoke({
            uniqueIdentifier,
            revocationReason: { revocationReasonCode: "CessationOfOperation" },
          });
          await client.destroy({ uniqueIdentifier });
          const gone = client.get({ uniqueIdentifier });
          await expect(gone).rejects.toBeInstanceOf(failures.ItemNotFound);
        },
        { version },
      );
    },
  );

  test("takes a key that is brought, and gives it back", async () => {
    const key = Uint8Array.from({ length: 16 }, (_, i) => i);
    await using(async (client) => {
      const { uniqueIdentifier } = await client.register({
        objectType: "SymmetricKey",
        attributes: { cryptographicUsageMask: ["Encrypt"] },
        symmetricKey: { key, cryptographicAlgorithm: "AES", cryptographicLength: 128 },
      });
      const { symmetricKey } = await client.get({ uniqueIdentifier });
      expect(symmetricKey?.key.reveal()).toEqual(key);
    });
  });

  test("runs a batch in order, each item on the object of the one before", async () => {
    await using(async (client) => {
      // Its Activate cannot be parsed without an identifier; its Get can.
      const [created, got] = await client
        .batch()
        .create({ objectType: "SymmetricKey", attributes: spec })
        .get()
        .send();
      expect(got).toMatchObject({ uniqueIdentifier: created.uniqueIdentifier });
    });
  });

  test("tells what it offers", async () => {
    await using(async (client) => {
      const { operation } = await client.query({ queryFunction: ["QueryOperations"] });
      expect(operation).toContain("Create");
      const { protocolVersion } = await client.discoverVersions();
      expect(protocolVersion).toContainEqual({ protocolVersionMajor: 1, protocolVersionMinor: 1 });
    });
  });

  test("serves ensureKey and getKey", async () => {
    await using(async (client) => {
      const { uniqueIdentifier, created } = await ensureKey(client, "array-7", {
        attributes: spec,
      });
      expect(created).toBe(true);
      expect(await ensureKey(client, "array-7", { attributes: spec })).toEqual({
        uniqueIdentifier,
        created: false,
      });
      expect(await getKey(client, "array-7")).toMatchObject({ uniqueIdentifier });
    });
  });

  test("says by TLS why it refuses a certificate, which is told in words", async () => {
    const foreign = credentials(await server.pki.odd("foreign"), server.pki.authority);
    const refused = using((client) => client.activate({ uniqueIdentifier: "1" }), foreign);
    await expect(refused).rejects.toMatchObject({
      code: "Refused",
      executed: "no",
      message: expect.stringMatching(/alert unknown ca/),
    });
  });
});
