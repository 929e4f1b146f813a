import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { createClient, createHttpsTransport, createTlsTransport } from "@akm/kmip-client";
import { expect, onTestFinished, test, vi } from "vitest";
import { type ClientCertificate, startServer, type TestServer } from "../src/testing/index.ts";
import { temporaryFolder } from "./support/akm.ts";
import { createKey } from "./support/client.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));

async function start(options?: Parameters<typeof startServer>[0]): Promise<TestServer> {
  const server = await startServer(options);
  onTestFinished(() => server.stop());
  return server;
}

/** A client that ends with the test. */
function clientOf({ host, port }: TestServer, certificate: ClientCertificate) {
  const transport = createTlsTransport({ host, port, ...certificate });
  onTestFinished(() => transport.close());
  return createClient(transport.send);
}

/** How to run a module of TypeScript against the sources. */
function evaluate(code: string): readonly string[] {
  return ["--conditions=akm-source", "--input-type=module-typescript", "--eval", code];
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const [event] = await Promise.race([
    once(socket, "connect").then(() => ["connect"]),
    once(socket, "close").then(() => ["close"]),
  ]).catch(() => ["error"]);
  socket.destroy();
  return event === "connect";
}

test("a client with a certificate of the server's keeps a key in it", async () => {
  const server = await start();
  const client = clientOf(server, await server.issue("array-7", ["storage"]));
  const uniqueIdentifier = await createKey(client);
  expect(await client.locate()).toEqual({ uniqueIdentifier: [uniqueIdentifier] });
  const other = clientOf(server, await server.issue("array-8"));
  expect(await other.locate()).toEqual({ uniqueIdentifier: [] });
  const administrator = clientOf(server, await server.issue("root", ["akm_admin"]));
  expect(await administrator.locate()).toEqual({ uniqueIdentifier: [uniqueIdentifier] });
});

test("KMIP over HTTPS is served where it is asked for", async () => {
  expect((await start()).httpsPort).toBeUndefined();
  const { host, httpsPort, issue } = await start({ https: true });
  const url = `https://${host}:${httpsPort}/kmip`;
  const transport = createHttpsTransport({ url, ...(await issue("array-7")) });
  onTestFinished(() => transport.close());
  expect(await createClient(transport.send).locate()).toEqual({ uniqueIdentifier: [] });
});

test("several servers know nothing of each other", async () => {
  const servers = await Promise.all([start(), start(), start()]);
  expect(new Set(servers.map(({ port }) => port)).size).toBe(3);
  const [one, other] = servers as [TestServer, TestServer, TestServer];
  await createKey(clientOf(one, await one.issue("alice")));
  const alice = await other.issue("alice");
  expect(await clientOf(other, alice).locate()).toEqual({ uniqueIdentifier: [] });
  const stranger = clientOf(one, { ...alice, ca: one.ca });
  await expect(stranger.locate()).rejects.toMatchObject({ name: "TransportError" });
});

test("settings hold as in akm.conf, and a wrong one is told", async () => {
  const server = await start({ settings: "[kmip]\nvendor_identification = somebody" });
  const client = clientOf(server, await server.issue("alice"));
  const answer = await client.query({ queryFunction: ["QueryServerInformation"] });
  expect(answer).toMatchObject({ vendorIdentification: "somebody" });
  await expect(startServer({ settings: "[kmip]\nvendor = x" })).rejects.toThrow(
    "settings:2: [kmip] has no setting vendor",
  );
});

test("the log says why a client is refused", async () => {
  const lines: string[] = [];
  const server = await start({ log: (line) => lines.push(line) });
  const stranger = await (await start()).issue("alice");
  await expect(clientOf(server, { ...stranger, ca: server.ca }).locate()).rejects.toThrow();
  const refused = await vi.waitUntil(() => lines.find((line) => line.includes("refused")));
  expect(JSON.parse(refused)).toMatchObject({ reason: "UnknownAuthority" });
});

test("a name that cannot stand in a certificate is refused", async () => {
  const server = await start();
  await expect(server.issue("a\0b")).rejects.toThrow(/commonName/);
  await server.issue("ab");
});

test("it serves while the test's own thread stands still", async () => {
  const server = await start();
  const options = { host: server.host, port: server.port, ...(await server.issue("alice")) };
  const code = `
    import { createClient, createTlsTransport } from "@akm/kmip-client";
    const transport = createTlsTransport(${JSON.stringify(options)});
    console.log(await createClient(transport.send).locate());
    await transport.close();`;
  const said = execFileSync(process.execPath, evaluate(code), { cwd: folder, encoding: "utf8" });
  expect(said).toBe("{ uniqueIdentifier: [] }\n");
});

test("after stop nothing listens, and there is nobody to ask", async () => {
  const server = await startServer();
  expect(await isListening(server.port)).toBe(true);
  await Promise.all([server.stop(), server.stop()]);
  expect(await isListening(server.port)).toBe(false);
  await expect(server.issue("alice")).rejects.toThrow("the server has stopped");
});

test("it stops at the end of the block that it was started in", async () => {
  let port: number;
  {
    await using server = await startServer();
    port = server.port;
  }
  expect(await isListening(port)).toBe(false);
});

const forgetful = `
  import { startServer } from "./src/testing/index.ts";
  console.log((await startServer()).port);`;

test("a forgotten one keeps no process alive", async () => {
  const port = execFileSync(process.execPath, evaluate(forgetful), { cwd: folder });
  expect(await isListening(Number(port))).toBe(false);
});

test("a process that is killed leaves nothing behind", async () => {
  const temporary = temporaryFolder();
  const code = `${forgetful} setInterval(() => {}, 1000);`;
  const env = { ...process.env, TMPDIR: temporary, HOME: temporary };
  const child = spawn(process.execPath, evaluate(code), { cwd: folder, env });
  const [port] = await once(child.stdout, "data");
  expect(await isListening(Number(port))).toBe(true);
  child.kill("SIGKILL");
  await once(child, "close");
  expect(await isListening(Number(port))).toBe(false);
  expect(readdirSync(temporary)).toEqual([]);
});
