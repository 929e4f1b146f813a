import { execFile } from "node:child_process";
import { getEventListeners, once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import type { TLSSocket } from "node:tls";
import {
  type Client,
  type ConnectedTransport,
  createClient,
  createTlsTransport,
  type TlsTransportOptions,
} from "@akm/kmip-client";
import { afterEach, expect, test } from "vitest";
import { createResponder } from "./responder.ts";
import { type Behaviour, credentials, startTlsServer, type TlsServer } from "./tls-server.ts";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

const id = { uniqueIdentifier: "a" };
const { transport: respond } = createResponder({ Get: () => key, Activate: () => id, Locate });
const key = { objectType: "SymmetricKey", uniqueIdentifier: "a" };
function Locate() {
  return { uniqueIdentifier: ["a"] };
}

const answer: Behaviour = async (message, socket) => {
  const signal = new AbortController().signal;
  socket.write(await respond(message, { signal, retry: "never" }));
};
const hang: Behaviour = () => {};
const drop: Behaviour = (_, socket) => socket.destroy();

/** Does `first` with the first message, and so on; the last one goes on for ever. */
function inTurn(...behaviours: Behaviour[]): Behaviour {
  return (message, socket, count) =>
    behaviours[Math.min(count, behaviours.length - 1)]?.(message, socket, count);
}

async function start(
  behave: Behaviour,
  options: Partial<TlsTransportOptions> = {},
): Promise<{ server: TlsServer; client: Client; transport: ConnectedTransport }> {
  const server = await startTlsServer(behave);
  const transport = createTlsTransport({ ...server.options, ...options });
  open.push(server, transport);
  return { server, transport, client: createClient(transport.send) };
}

test("calls one after another share a connection", async () => {
  const { client, server } = await start(answer);
  expect(await client.locate()).toEqual({ uniqueIdentifier: ["a"] });
  expect(await client.activate()).toEqual(id);
  expect(server.sockets).toHaveLength(1);
});

test("calls at once share no more connections than are allowed", async () => {
  const { client, server } = await start(answer, { connectionsMax: 2 });
  await Promise.all(Array.from({ length: 20 }, () => client.activate()));
  expect(server.messages()).toBe(20);
  expect(server.sockets).toHaveLength(2);
});

test("an idle connection that the server has ended is not used again, even for a write", async () => {
  const { client, server } = await start((message, socket, count) => {
    answer(message, socket, count);
    setImmediate(() => socket.end());
  });
  await client.activate();
  await once(server.sockets[0] as TLSSocket, "close");
  expect(await client.activate()).toEqual(id);
  expect(server.sockets).toHaveLength(2);
});

test("an idle connection is closed after its time", async () => {
  const { client, server } = await start(answer, { idleMs: 1 });
  await client.activate();
  await once(server.sockets[0] as TLSSocket, "close");
  expect(server.messages()).toBe(1);
});

test("the time of an idle connection does not run while a call is under way", async () => {
  const slowly: Behaviour = (...message) => void setTimeout(() => answer(...message), 80);
  const { client, server } = await start(inTurn(answer, slowly), { idleMs: 40 });
  await client.activate();
  expect(await client.activate()).toEqual(id);
  expect(server.sockets).toHaveLength(1);
});

test("an idle connection does not keep the process alive", async () => {
  const { server } = await start(answer);
  const program = `
    import { createClient, createTlsTransport } from "@akm/kmip-client";
    const { send } = createTlsTransport(JSON.parse(process.env["OPTIONS"] ?? ""));
    console.log(await createClient(send).locate());`;
  const flags = ["--conditions=akm-source", "--input-type=module-typescript", "--eval", program];
  const child = execFile(process.execPath, flags, {
    cwd: new URL("..", import.meta.url),
    env: { OPTIONS: JSON.stringify(server.options) },
  });
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(server.messages()).toBe(1);
}, 15_000);

test("an idle connection over which bytes come unasked is not used again", async () => {
  const { client, server } = await start(answer);
  await client.activate();
  const [socket] = server.sockets;
  socket?.write("boo");
  await once(socket as TLSSocket, "close");
  await client.activate();
  expect(server.sockets).toHaveLength(2);
});

test("a read whose connection ends unanswered is sent once more, over a new connection", async () => {
  const { client, server } = await start(inTurn(answer, drop, answer));
  await client.locate();
  expect(await client.locate()).toEqual({ uniqueIdentifier: ["a"] });
  expect(server.messages()).toBe(3);
  expect(server.sockets).toHaveLength(2);
});

test("the second attempt of a read is over a new connection, not over another idle one", async () => {
  const { client, server } = await start(inTurn(answer, answer, drop, answer));
  await Promise.all([client.locate(), client.locate()]);
  expect(server.sockets).toHaveLength(2);
  expect(await client.locate()).toEqual({ uniqueIdentifier: ["a"] });
  expect(server.sockets).toHaveLength(3);
});

test("a read is sent twice, not three times", async () => {
  const { client, server } = await start(drop);
  await expect(client.locate()).rejects.toMatchObject({ code: "Closed" });
  expect(server.messages()).toBe(2);
});

test("a write whose connection ends is not sent again: its outcome is unknown", async () => {
  const { client, server } = await start(inTurn(answer, drop, answer));
  await client.activate();
  await expect(client.activate()).rejects.toMatchObject({
    name: "TransportError",
    code: "Closed",
    executed: "unknown",
    message: "the connection ended; whether the server carried the request out is unknown",
  });
  expect(server.messages()).toBe(2);
  expect(await client.activate()).toEqual(id);
});

test("a read of whose answer a part has come is not sent again", async () => {
  const { client, server } = await start((_, socket) => socket.end(Buffer.from("42007b", "hex")));
  await expect(client.locate()).rejects.toMatchObject({ code: "CutOff", executed: "unknown" });
  expect(server.messages()).toBe(1);
});

test("the deadline ends the call and its connection, and the next call has a new one", async () => {
  const { client, server } = await start(inTurn(answer, hang, answer));
  await client.locate();
  await expect(client.locate({}, { timeoutMs: 50 })).rejects.toMatchObject({
    code: "Deadline",
    executed: "unknown",
    message: "no answer within 50 ms; whether the server carried the request out is unknown",
  });
  await client.locate();
  expect(server.sockets).toHaveLength(2);
});

test("the deadline holds while a call waits for a connection, and its turn goes to the next", async () => {
  const asked = Promise.withResolvers<void>();
  const hangs: Behaviour = () => asked.resolve();
  const { client, server } = await start(inTurn(hangs, answer), { connectionsMax: 1 });
  const controller = new AbortController();
  const first = client.activate({}, { signal: controller.signal });
  await asked.promise;
  const second = client.activate({}, { timeoutMs: 20 });
  const third = client.activate();
  await expect(second).rejects.toMatchObject({ code: "Deadline", executed: "no" });
  controller.abort();
  await expect(first).rejects.toMatchObject({ code: "Aborted", executed: "unknown" });
  expect(await third).toEqual(id);
  expect(server.messages()).toBe(2);
});

test("the deadline holds while a connection is being made", async () => {
  const { client, server } = await start(answer);
  const silent = createServer((socket) => void socket.resume()).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  const transport = createTlsTransport({ ...server.options, port });
  const late = createClient(transport.send).activate({}, { timeoutMs: 50 });
  await expect(late).rejects.toMatchObject({ code: "Deadline", executed: "no" });
  silent.close();
  await once(silent, "close");
  expect(await client.activate()).toEqual(id);
});

test("a caller may give up before and during a call", async () => {
  const controller = new AbortController();
  const { client, server } = await start(() => controller.abort(new Error("enough")));
  const { signal } = controller;
  await expect(client.activate({}, { signal })).rejects.toMatchObject({
    code: "Aborted",
    executed: "unknown",
    cause: { message: "enough" },
  });
  await expect(client.activate({}, { signal })).rejects.toMatchObject({ executed: "no" });
  expect(server.messages()).toBe(1);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("an answer that is no KMIP is told so", async () => {
  const { client } = await start((_, socket) => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n"));
  await expect(client.locate()).rejects.toMatchObject({ code: "NotKmip" });
});

test("an answer is refused at its header when it is too long", async () => {
  const { client } = await start(answer, { messageBytesMax: 64 });
  await expect(client.locate()).rejects.toMatchObject({
    code: "NotKmip",
    message: expect.stringContaining("at most 64 are read"),
  });
});

test("two answers to one request are too many", async () => {
  const { client } = await start(async (message, socket) => {
    const signal = new AbortController().signal;
    const bytes = await respond(message, { signal, retry: "never" });
    socket.write(Buffer.concat([bytes, bytes]));
  });
  await expect(client.locate()).rejects.toMatchObject({ code: "NotKmip" });
});

test("an answer that comes in pieces is put together", async () => {
  const { client } = await start(async (message, socket) => {
    const signal = new AbortController().signal;
    const bytes = await respond(message, { signal, retry: "never" });
    socket.write(bytes.subarray(0, 5));
    setImmediate(() => socket.write(bytes.subarray(5)));
  });
  expect(await client.locate()).toEqual({ uniqueIdentifier: ["a"] });
});

test("a port where nobody listens is named", async () => {
  const { client, server } = await start(answer);
  await server.close();
  open.shift();
  await expect(client.activate()).rejects.toMatchObject({
    code: "Connect",
    executed: "no",
    message: expect.stringMatching(/^no connection to 127\.0\.0\.1 port \d+: .*ECONNREFUSED/),
  });
});

test("a server whose authority is unknown is refused", async () => {
  const { client } = await start(answer, { ca: [] });
  await expect(client.activate()).rejects.toMatchObject({ code: "Refused", executed: "no" });
});

test("a connection that ends before its first answer makes one think of the certificate", async () => {
  const { server } = await start(answer);
  const foreign = credentials(await server.pki.odd("foreign"), server.pki.authority);
  const transport = createTlsTransport({ ...server.options, ...foreign });
  open.push(transport);
  await expect(createClient(transport.send).activate()).rejects.toMatchObject({
    code: "Closed",
    message: expect.stringContaining("(does the server trust the client's certificate?)"),
  });
});

test("closing ends idle connections, waits for the calls under way, and refuses later ones", async () => {
  let release = () => {};
  const later: Behaviour = (...message) => {
    release = () => answer(...message);
    asked.resolve();
  };
  const asked = Promise.withResolvers<void>();
  const { client, transport, server } = await start(inTurn(answer, answer, later));
  await Promise.all([client.activate(), client.activate()]);
  const order: string[] = [];
  const last = client.activate().then(() => order.push("answered"));
  await asked.promise;
  const closed = transport.close().then(() => order.push("closed"));
  await Promise.race(server.sockets.map((socket) => once(socket, "close")));
  await expect(client.locate()).rejects.toMatchObject({ code: "Closed", executed: "no" });
  const ends = server.sockets.map((socket) => socket.destroyed || once(socket, "close"));
  expect(order).toEqual([]);
  release();
  await Promise.all([last, closed, ...ends]);
  expect(order.toSorted()).toEqual(["answered", "closed"]);
  expect(server.messages()).toBe(3);
});
