import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { join } from "node:path";
import { createClient, createHttpsTransport } from "@akm/kmip-client";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { runAkm, serveAkm, temporaryFolder } from "./support/akm.ts";
import { createKey } from "./support/client.ts";

const data = temporaryFolder(undefined, afterAll);

beforeAll(async () => {
  expect(await runAkm(["init", "--data", data])).toMatchObject({ code: 0 });
});

/** Something that listens on a port which was free. */
async function occupy(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: (server.address() as AddressInfo).port };
}

function configure(port: number): void {
  writeFileSync(join(data, "akm.conf"), `[kmip]\nhttps_port = ${port}\n`);
}

test("KMIP over HTTPS is served where a port is set, to the same clients", async () => {
  const { server: holder, port } = await occupy();
  holder.close();
  configure(port);
  const server = await serveAkm(data);
  expect(server.output.stdout).toContain(` https=127.0.0.1:${port} `);

  const files = temporaryFolder();
  const issue = ["cert", "issue", "--data", data, "--cn", "alice", "--out", files];
  expect(await runAkm(issue)).toMatchObject({ code: 0 });
  const read = (name: string) => readFileSync(join(files, name), "utf8");
  const transport = createHttpsTransport({
    url: `https://localhost:${port}/kmip`,
    cert: read("cert.pem"),
    key: read("key.pem"),
    ca: read("ca.pem"),
  });
  onTestFinished(() => transport.close());
  const client = createClient(transport.send);
  const uniqueIdentifier = await createKey(client);
  expect(await client.get({ uniqueIdentifier })).toMatchObject({ uniqueIdentifier });

  // A revocation is a reload.
  const revoke = ["cert", "revoke", "--data", data, "--cn", "alice"];
  expect(await runAkm(revoke)).toMatchObject({ code: 0 });
  await expect(client.get({ uniqueIdentifier })).rejects.toMatchObject({ name: "TransportError" });
  expect(await server.stop()).toMatchObject({ code: 0 });
});

test("a port for HTTPS that is taken is told by its setting", async () => {
  const { server: holder, port } = await occupy();
  onTestFinished(() => void holder.close());
  configure(port);
  const args = ["serve", "--data", data, "--port", "0", "--admin-port", "0"];
  const { code, stderr } = await runAkm(args);
  expect(code).toBe(6);
  expect(stderr).toBe(
    `akm: 127.0.0.1, port ${port}: something else listens there: stop it, or choose another port with [kmip] https_port\n`,
  );
});
