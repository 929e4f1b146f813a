import { X509Certificate } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { createClient, createHttpsTransport } from "@akm/kmip-client";
import { createRevocationList } from "@akm/pki";
import { expect, onTestFinished, test, vi } from "vitest";
import { buildHouse } from "../support/house.ts";
import { fieldsFor, openHttps, readResponse, request, startHttps } from "./http.ts";
import {
  alice,
  echo,
  gate,
  message,
  open,
  ownTrust,
  pki,
  type Started,
  settle,
} from "./support.ts";

function startServer(): Promise<Started> {
  const { server } = buildHouse();
  return startHttps({ answer: server.answer, refuse: server.refuse });
}

test("a key is created, used and destroyed over one HTTPS connection", async () => {
  const started = await startServer();
  const transport = createHttpsTransport({
    url: `https://127.0.0.1:${started.listener.httpsPort}/kmip`,
    cert: alice.certificatePem,
    key: alice.keyPem,
    ca: pki.authority.certificatePem,
  });
  onTestFinished(() => transport.close());
  const client = createClient(transport.send);
  const { uniqueIdentifier } = await client.create({
    objectType: "SymmetricKey",
    attributes: {
      cryptographicAlgorithm: "AES",
      cryptographicLength: 256,
      cryptographicUsageMask: ["Encrypt", "Decrypt"],
    },
  });
  await client.activate({ uniqueIdentifier });
  expect(await client.get({ uniqueIdentifier })).toMatchObject({ uniqueIdentifier });
  expect(await client.locate()).toEqual({ uniqueIdentifier: [uniqueIdentifier] });
  await client.revoke({
    uniqueIdentifier,
    revocationReason: { revocationReasonCode: "CessationOfOperation" },
  });
  await client.destroy({ uniqueIdentifier });
  expect(await client.locate()).toEqual({ uniqueIdentifier: [] });
  expect(started.listener.connections).toBe(1);
});

test("an answer has its length, is not to be kept, and says nothing of the server", async () => {
  const client = await openHttps(await startHttps());
  client.socket.write(request("ping"));
  const { status, fields, body } = await readResponse(client);
  expect(status).toBe("200 OK");
  expect(String(body)).toBe("ping");
  expect(fields).toEqual({
    date: expect.stringMatching(/ GMT$/),
    "cache-control": "no-cache",
    "content-type": "application/octet-stream",
    "content-length": "4",
  });
});

test("requests sent at once are answered in order, one at a time", async () => {
  let running = 0;
  let most = 0;
  const started = await startHttps({
    async answer(bytes, session) {
      running += 1;
      most = Math.max(most, running);
      const copy = Uint8Array.from(bytes);
      await setImmediate();
      running -= 1;
      return echo(copy, session);
    },
  });
  const client = await openHttps(started);
  const bodies = Array.from({ length: 200 }, (_, index) => `number ${index}`);
  client.socket.write(Buffer.concat(bodies.map((body) => request(body))));
  for (const body of bodies) expect(String((await readResponse(client)).body)).toBe(body);
  expect(most).toBe(1);
});

test("a request that comes byte by byte is answered", async () => {
  const client = await openHttps(await startHttps());
  for (const byte of request("ping")) {
    client.socket.write(Buffer.of(byte));
    await setImmediate();
  }
  expect(String((await readResponse(client)).body)).toBe("ping");
});

test("a message of a whole mebibyte goes through", async () => {
  const client = await openHttps(await startHttps());
  const body = Buffer.alloc(1024 * 1024, 9);
  client.socket.write(request(body));
  expect((await readResponse(client)).body.equals(body)).toBe(true);
});

test("a client that waits to be told gets the go-ahead, and then its answer", async () => {
  const client = await openHttps(await startHttps());
  const head = request("", [...fieldsFor(4), "Expect: 100-continue"]);
  client.socket.write(Buffer.concat([request("first"), head]));
  expect(String((await readResponse(client)).body)).toBe("first");
  expect(await readResponse(client)).toMatchObject({ status: "100 Continue" });
  client.socket.write("ping");
  expect(String((await readResponse(client)).body)).toBe("ping");
});

test("a client that says it would wait and does not is not told", async () => {
  const client = await openHttps(await startHttps());
  client.socket.write(request("ping", [...fieldsFor(4), "Expect: 100-continue"]));
  expect(await readResponse(client)).toMatchObject({ status: "200 OK" });
});

test("the last request of a client is its last one", async () => {
  const started = await startHttps();
  const client = await openHttps(started);
  const last = request("last", [...fieldsFor(4), "Connection: Keep-Alive, close"]);
  client.socket.write(Buffer.concat([request("first"), last, request("late")]));
  expect((await readResponse(client)).fields["connection"]).toBeUndefined();
  expect((await readResponse(client)).fields["connection"]).toBe("close");
  await expect(client.read(1)).rejects.toThrow("ended");
  const { level, fields } = await started.line("connection.closed");
  expect(level).toBe("debug");
  expect(fields).toMatchObject({ requests: 2, why: "the peer asked for the end" });
});

test.each([
  ["empty", ""],
  ["no KMIP", "<html></html>"],
  ["cut short", message(64).subarray(0, 40)],
  ["followed by more", Buffer.concat([message(64), message(64)])],
])("a body that is %s is answered by KMIP, and ends the connection", async (_, body) => {
  const client = await openHttps(await startServer());
  client.socket.write(Buffer.concat([request(body), request("late")]));
  const response = await readResponse(client);
  expect(response).toMatchObject({ status: "200 OK", fields: { connection: "close" } });
  expect(response.body.subarray(0, 4).toString("hex")).toBe("42007b01");
  await expect(client.read(1)).rejects.toThrow("ended");
});

test("an unknown outcome ends the connection without an answer", async () => {
  const started = await startHttps({ answer: async () => ({ bytes: undefined, close: true }) });
  const client = await openHttps(started);
  client.socket.write(request("ping"));
  await expect(client.read(1)).rejects.toThrow("ended");
});

test("a request and its answer are wiped once they are dealt with", async () => {
  const kept: Uint8Array[] = [];
  const started = await startHttps({
    async answer(bytes, session) {
      const answer = await echo(bytes, session);
      kept.push(bytes, answer.bytes as Uint8Array);
      return answer;
    },
  });
  const client = await openHttps(started);
  client.socket.write(request("secret", [...fieldsFor(6), "Connection: close"]));
  await readResponse(client);
  await started.line("connection.closed");
  expect(kept.flatMap((bytes) => [...bytes])).toEqual(new Array(12).fill(0));
});

test.each([
  ["no certificate", null, "NonePresented"],
  ["a certificate of nobody trusted", await pki.odd("foreign"), "UnknownAuthority"],
  ["a certificate that has expired", await pki.odd("expired"), "Expired"],
])("a client with %s is not let in, and the log says why", async (_, who, reason) => {
  const started = await startHttps({ answer: () => Promise.reject(new Error("asked")) });
  const client = await openHttps(started, who);
  client.socket.write(request("ping"));
  await expect(client.read(1)).rejects.toThrow("ended");
  expect((await started.line("connection.refused")).fields).toMatchObject({ reason });
});

test("a client that speaks HTTP/2 alone is not let in", async () => {
  const started = await startHttps();
  const client = await openHttps(started, alice, { ALPNProtocols: ["h2"] });
  await client.closed;
  expect((await started.line("tls.failed")).fields["why"]).toMatch(/ALPN|PROTOCOL/i);
});

test("connections of both protocols count together", async () => {
  const started = await startHttps({ limits: { connectionsMax: 1 } });
  const first = await open(started);
  await first.ask(message(16));
  const second = await openHttps(started);
  second.socket.write(request("ping"));
  expect(String((await readResponse(second)).body)).toBe("ping");
  first.socket.resume();
  await first.closed;
  expect(started.listener.connections).toBe(1);
});

test("a revocation holds at once for those inside", async () => {
  const started = await startHttps();
  const bob = await pki.client("bob");
  const client = await openHttps(started, bob);
  client.socket.write(request("ping"));
  await readResponse(client);
  const serial = new X509Certificate(bob.certificatePem).serialNumber;
  const now = new Date();
  const crl = await createRevocationList({
    authority: pki.authority,
    revoked: [{ serial, at: now }],
    now,
    days: 7,
  });
  started.listener.reload({ certificates: [pki.server], trust: [ownTrust], crlPem: [crl] });
  await expect(client.read(1)).rejects.toThrow("ended");
  expect((await started.line("connection.refused")).fields).toMatchObject({ reason: "Revoked" });
});

test("new certificates are shown on both ports", async () => {
  const started = await startHttps();
  const renewed = await pki.serverFor("P-256");
  started.listener.reload({ certificates: [renewed], trust: [ownTrust] });
  const wanted = new X509Certificate(renewed.certificatePem).serialNumber;
  for (const client of [await open(started), await openHttps(started)]) {
    expect(client.socket.getPeerX509Certificate()?.serialNumber).toBe(wanted);
  }
});

test("close answers the request under way, says that it is the last one, and ends", async () => {
  const { opened, open: letGo } = gate();
  const started = await startHttps({
    async answer(bytes, session) {
      const answer = await echo(bytes, session);
      await opened;
      return answer;
    },
  });
  const busy = await openHttps(started);
  busy.socket.write(request("ping"));
  const idle = await openHttps(started);
  await vi.waitUntil(() => started.listener.connections === 2);
  await settle();
  const closed = started.listener.close(5_000);
  idle.socket.resume();
  await idle.closed;
  letGo();
  expect(await readResponse(busy)).toMatchObject({
    status: "200 OK",
    fields: { connection: "close" },
  });
  busy.socket.resume();
  await closed;
});

test("a port for HTTPS that is taken leaves nothing listening", async () => {
  const { listener } = await startHttps();
  const handles = () => process.getActiveResourcesInfo().filter((name) => name === "TCPServerWrap");
  const before = handles().length;
  await expect(startHttps({ httpsPort: listener.httpsPort })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
  await vi.waitUntil(() => handles().length === before);
});

test("without a port for HTTPS none is opened", async () => {
  const { listener } = await startHttps({ httpsPort: undefined });
  expect(listener.httpsPort).toBeUndefined();
});
