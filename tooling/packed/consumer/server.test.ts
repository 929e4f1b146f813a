// A stranger's tests of a client: each has a server of its own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { startServer } from "@akm/akm/testing";
import { createClient, createTlsTransport } from "@akm/kmip-client";

test("a key is found by its name, and only by its owner", async () => {
  await using server = await startServer();
  const { host, port } = server;
  const named = { name: ["disk-7"] };
  const connect = async (user: string) =>
    createTlsTransport({ host, port, ...(await server.issue(user, ["storage"])) });

  const own = await connect("array-7");
  const { uniqueIdentifier } = await createClient(own.send).create({
    objectType: "SymmetricKey",
    attributes: {
      ...named,
      cryptographicAlgorithm: "AES",
      cryptographicLength: 256,
      cryptographicUsageMask: ["Encrypt", "Decrypt"],
    },
  });
  const found = await createClient(own.send).locate({ attributes: named });
  assert.deepEqual(found, { uniqueIdentifier: [uniqueIdentifier] });

  const other = await connect("array-8");
  const unseen = await createClient(other.send).locate({ attributes: named });
  assert.deepEqual(unseen, { uniqueIdentifier: [] });
  await Promise.all([own.close(), other.close()]);
});

test("servers at once do not disturb each other", async () => {
  const servers = await Promise.all([startServer(), startServer()]);
  const ports = new Set(servers.map(({ port }) => port));
  assert.equal(ports.size, 2);
  await Promise.all(servers.map((server) => server.stop()));
});
