import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import {
  type Client,
  type ConnectedTransport,
  createClient,
  createHttpsTransport,
} from "@akm/kmip-client";
import { makePki } from "@akm/pki/testing";
import { afterEach, expect, test } from "vitest";
import { createResponder } from "./responder.ts";
import { credentials } from "./tls-server.ts";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const id = { uniqueIdentifier: "a" };
const { transport: respond } = createResponder({
  Activate: () => id,
  Locate: () => ({ uniqueIdentifier: ["a"] }),
});

type Behaviour = (request: Request, response: ServerResponse, count: number) => unknown;

interface Request {
  readonly head: IncomingMessage;
  readonly body: Uint8Array;
}

const answer: Behaviour = async ({ body }, response) => {
  const bytes = await respond(body, { signal: new AbortController().signal, retry: "never" });
  response.setHeader("content-type", "application/octet-stream").end(bytes);
};
const drop: Behaviour = ({ head }) => head.socket.destroy();

interface Started {
  readonly client: Client;
  readonly transport: ConnectedTransport;
  readonly server: Server;
  readonly seen: Request[];
  readonly connections: () => number;
}

async function start(behave: Behaviour, options: object = {}): Promise<Started> {
  const pki = await makePki(new Date());
  const seen: Request[] = [];
  let connections = 0;
  const { ca, ...own } = credentials(pki.server, pki.authority);
  const server = createServer(
    { ...own, ca: ca as string, requestCert: true, rejectUnauthorized: true },
    async (head, response) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of head) chunks.push(chunk);
      const body = Buffer.concat(chunks);
      seen.push({ head, body });
      behave({ head, body }, response, seen.length - 1);
    },
  );
  server.on("secureConnection", () => connections++);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const client = credentials(await pki.client("alice"), pki.authority);
  const url = `https://127.0.0.1:${port}/kmip`;
  const transport = createHttpsTransport({ url, ...client, ...options });
  open.push(
    () => server.closeAllConnections(),
    () => server.close(),
    () => transport.close(),
  );
  return {
    client: createClient(transport.send),
    transport,
    server,
    seen,
    connections: () => connections,
  };
}

test("a message is the body of a POST, and its answer that of the response", async () => {
  const { client, seen, connections } = await start(answer);
  expect(await client.activate()).toEqual(id);
  expect(await client.activate()).toEqual(id);
  expect(seen[0]?.head).toMatchObject({ method: "POST", url: "/kmip" });
  expect(seen[0]?.head.headers).toMatchObject({ "content-type": "application/octet-stream" });
  expect(connections()).toBe(1);
});

test("calls at once share no more connections than are allowed", async () => {
  const { client, seen, connections } = await start(answer, { connectionsMax: 2 });
  await Promise.all(Array.from({ length: 12 }, () => client.locate()));
  expect(seen).toHaveLength(12);
  expect(connections()).toBe(2);
});

test("a read whose connection ends unanswered is sent once more, a write is not", async () => {
  const { client, seen } = await start((request, response, count) =>
    (count === 1 ? answer : drop)(request, response, count),
  );
  expect(await client.locate()).toEqual({ uniqueIdentifier: ["a"] });
  await expect(client.activate()).rejects.toMatchObject({ code: "Closed", executed: "unknown" });
  expect(seen).toHaveLength(3);
  await expect(client.locate()).rejects.toMatchObject({ code: "Closed" });
  expect(seen).toHaveLength(5);
});

test("the deadline and the caller end a call", async () => {
  const { client } = await start(() => {});
  const late = client.activate({}, { timeoutMs: 30 });
  await expect(late).rejects.toMatchObject({ code: "Deadline", executed: "unknown" });
  const controller = new AbortController();
  const given = client.activate({}, { signal: controller.signal });
  controller.abort();
  await expect(given).rejects.toMatchObject({ code: "Aborted" });
});

test("a status other than 200 is told", async () => {
  const { client } = await start((_, response) => response.writeHead(403).end("no"));
  await expect(client.locate()).rejects.toMatchObject({
    code: "Http",
    message: expect.stringContaining("status 403"),
  });
});

test.each([
  ["no KMIP", (bytes: Uint8Array) => Buffer.from(`<html>${bytes.length}</html>`)],
  ["cut short", (bytes: Uint8Array) => bytes.subarray(0, -8)],
  ["followed by more", (bytes: Uint8Array) => Buffer.concat([bytes, bytes])],
  ["empty", () => new Uint8Array()],
])("a body that is %s is told", async (_, change) => {
  const { client } = await start(async ({ body }, response) => {
    const { signal } = new AbortController();
    response.end(change(await respond(body, { signal, retry: "never" })));
  });
  await expect(client.locate()).rejects.toMatchObject({ code: "NotKmip" });
});

test("a body that is too long is refused", async () => {
  const { client } = await start(answer, { messageBytesMax: 64 });
  await expect(client.locate()).rejects.toMatchObject({ code: "NotKmip" });
});

test("a body that is too long is not waited for to its end", async () => {
  const { client } = await start((_, response) => void response.write(Buffer.alloc(2 ** 16)), {
    messageBytesMax: 2 ** 12,
  });
  const failed = client.locate({}, { timeoutMs: 3000 });
  await expect(failed).rejects.toMatchObject({ code: "NotKmip" });
});

test("a body that breaks off is not asked for again", async () => {
  const { client, seen } = await start(({ head }, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("B", () => head.socket.destroy());
  });
  await expect(client.locate()).rejects.toMatchObject({ code: "CutOff" });
  expect(seen).toHaveLength(1);
});

test("a server that is not there, or not trusted, has not carried anything out", async () => {
  const { client, server } = await start(answer, { ca: [] });
  await expect(client.activate()).rejects.toMatchObject({ code: "Refused", executed: "no" });
  server.close();
  await once(server, "close");
  await expect(client.activate()).rejects.toMatchObject({ code: "Connect", executed: "no" });
});

test("after close calls are refused", async () => {
  const { client, transport } = await start(answer);
  await client.activate();
  await transport.close();
  await expect(client.activate()).rejects.toMatchObject({ code: "Closed", executed: "no" });
});
