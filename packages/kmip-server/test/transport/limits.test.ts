import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { systemClock } from "@akm/kmip-server";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  alice,
  type Client,
  echo,
  gate,
  message,
  open,
  pki,
  type Started,
  start,
} from "./support.ts";

test("connections up to the limit are served; one more, and the one longest idle goes", async () => {
  const started = await start({ limits: { connectionsMax: 3 } });
  const [first, second, third] = await openMany(started, 3);
  // The first one asks again, so that the second is the one longest idle.
  await first.ask(message(16));
  expect(started.listener.connections).toBe(3);
  const fourth = await open(started);
  await fourth.ask(message(16));
  second.socket.resume();
  await second.closed;
  await Promise.all([first, third, fourth].map((client) => client.ask(message(16))));
  expect(started.listener.connections).toBe(3);
  const { fields } = await started.line("connection.closed");
  expect(fields["why"]).toBe("made room as the longest idle of 3 connections");
});

test("where every connection is at work, the new one is refused", async () => {
  const { opened, open: letGo } = gate();
  const started = await start({
    limits: { connectionsMax: 1 },
    async answer(bytes, session) {
      const answer = await echo(bytes, session);
      await opened;
      return answer;
    },
  });
  const busy = await open(started);
  busy.socket.write(message(16));
  await settle();
  const late = await open(started);
  late.socket.resume();
  await late.closed;
  letGo();
  expect(await busy.read(16)).toEqual(message(16));
  expect((await started.line("connection.refused")).fields).toMatchObject({ reason: "TooMany" });
});

test.each([
  ["address", { connectionsPerAddressMax: 2 }],
  ["certificate", { connectionsPerCertificateMax: 2 }],
])("an %s with a limit has no connection more than that", async (what, limits) => {
  const started = await start({ limits });
  const [first, second] = await openMany(started, 2);
  const third = await open(started);
  third.socket.resume();
  await third.closed;
  await Promise.all([first.ask(message(16)), second.ask(message(16))]);
  const { fields } = await started.line("connection.refused");
  expect(fields["why"]).toBe(`the ${what} has 2 connections`);
  first.socket.end();
  first.socket.resume();
  await first.closed;
  await vi.waitUntil(() => started.listener.connections === 1);
  const [again] = await openMany(started, 1);
  await again.ask(message(16));
});

test("another certificate is not counted with the first", async () => {
  const started = await start({ limits: { connectionsPerCertificateMax: 1 } });
  await openMany(started, 1);
  const bob = await open(started, await pki.client("bob"));
  expect(await bob.ask(message(16))).toEqual(message(16));
});

test("of too many half-open connections the oldest goes, while a good client is served", async () => {
  const started = await start({ limits: { handshakesMax: 2 } });
  const [first, second] = [await plain(started), await plain(started)];
  expect([first.destroyed, second.destroyed]).toEqual([false, false]);
  const good = await open(started);
  expect(await good.ask(message(16))).toEqual(message(16));
  await closing(first);
  expect(second.destroyed).toBe(false);
  const { fields } = await started.line("tls.failed");
  expect(fields["why"]).toBe("the oldest of 2 handshakes made room");
});

test("a handshake that drips byte by byte ends at its deadline, while a good client is served", async () => {
  const started = await start({ limits: { handshakeMs: 150 } });
  const slow = await plain(started);
  const drip = setInterval(() => slow.write(Buffer.of(22)), 20);
  slow.write(Buffer.from("160301020001", "hex"));
  const [good] = await openMany(started, 1);
  await closing(slow);
  clearInterval(drip);
  expect((await started.line("tls.failed")).fields["why"]).toBe("no handshake within 150 ms");
  expect(await good.ask(message(16))).toEqual(message(16));
});

test("a client without a certificate may not stay longer than a handshake", async () => {
  const started = await start({ limits: { handshakeMs: 100 } });
  const client = await open(started, null);
  client.socket.resume();
  await client.closed;
  expect(started.listener.connections).toBe(0);
});

test.each([
  ["sends nothing", { firstByteMs: 50 }, [], "no byte within 50 ms"],
  ["falls silent", { idleMs: 50 }, [message(16)], "no request within 50 ms"],
  [
    "stops within a request",
    { bodyMs: 50 },
    [message(64).subarray(0, 20)],
    /20 bytes came is too slow/,
  ],
  [
    "stops within a header",
    { bodyMs: 50 },
    [message(64).subarray(0, 5)],
    /5 bytes came is too slow/,
  ],
])("a client that %s is let go, while a good one is served", async (_, limits, sent, why) => {
  const started = await start({ limits });
  const client = await open(started);
  for (const bytes of sent) client.socket.write(bytes);
  client.socket.resume();
  await client.closed;
  const { fields } = await started.line("connection.closed");
  expect(fields["why"]).toMatch(why);
  const good = await open(started);
  expect(await good.ask(message(16))).toEqual(message(16));
});

test("a request that drips has one deadline from its first byte to its last", async () => {
  const started = await start({ limits: { bodyMs: 150 } });
  const client = await open(started);
  client.socket.write(message(4096).subarray(0, 8));
  const drip = setInterval(() => client.socket.write(Buffer.of(0)), 10);
  client.socket.resume();
  await client.closed;
  clearInterval(drip);
  expect((await started.line("connection.closed")).fields["why"]).toMatch(/too slow/);
});

test("a request below the least speed is too slow before its deadline", async () => {
  const limits = { bodyMs: 60_000, bodyGraceMs: 50, bodyBytesPerSecondMin: 1024 };
  const started = await start({ limits });
  const client = await open(started);
  client.socket.write(message(4096).subarray(0, 16));
  client.socket.resume();
  await client.closed;
  expect((await started.line("connection.closed")).fields["why"]).toMatch(/too slow/);
});

test("a request without an outcome in time ends the connection unanswered", async () => {
  const { opened, open: letGo } = gate();
  const kept: Uint8Array[] = [];
  const started = await start({
    limits: { requestMs: 50 },
    async answer(bytes, session) {
      const answer = await echo(bytes, session);
      kept.push(answer.bytes as Uint8Array);
      await opened;
      return answer;
    },
  });
  const client = await open(started);
  client.socket.write(message(16));
  await expect(client.read(1)).rejects.toThrow("ended");
  expect((await started.line("connection.closed")).fields["why"]).toBe("no outcome within 50 ms");
  letGo();
  await vi.waitUntil(() => kept[0]?.every((byte) => byte === 0));
});

test("a peer that does not read its answer is let go, and keeps no more than one waiting", async () => {
  let answered = 0;
  const started = await start({
    limits: { writeStallMs: 150 },
    answer: async () => {
      answered += 1;
      return { bytes: new Uint8Array(8 * 1024 * 1024), close: false };
    },
  });
  const client = await open(started);
  client.socket.pause();
  client.socket.write(Buffer.concat(Array.from({ length: 100 }, () => message(16))));
  const good = await open(started);
  const { fields } = await started.line("connection.closed");
  expect(fields["why"]).toBe("no part of an answer taken within 150 ms");
  expect(answered).toBeLessThanOrEqual(2);
  good.socket.write(message(16));
  expect(await good.read(1024)).toHaveLength(1024);
});

test("beyond the receive budget the youngest request waits until there is room", async () => {
  const served: number[] = [];
  const started = await start({
    limits: { receiveBudgetBytes: 100_000 },
    answer(bytes, session) {
      served.push(bytes.length);
      return echo(bytes, session);
    },
  });
  const [old, young] = await openMany(started, 2);
  served.length = 0;
  old.socket.write(message(80_000).subarray(0, 79_000));
  await settle();
  young.socket.write(message(72_000));
  await settle();
  expect(served).toEqual([]);
  old.socket.write(message(80_000).subarray(79_000));
  await Promise.all([old.read(80_000), young.read(72_000)]);
  expect(served).toEqual([80_000, 72_000]);
});

test("a request that waits for budget behind one that is worked on still has its deadline", async () => {
  const { opened, open: letGo } = gate();
  const started = await start({
    limits: { receiveBudgetBytes: 10_000, bodyMs: 150 },
    async answer(bytes, session) {
      const answer = await echo(bytes, session);
      if (bytes.length > 16) await opened;
      return answer;
    },
  });
  const [old, young] = await openMany(started, 2);
  old.socket.write(message(20_000));
  await settle();
  young.socket.write(message(30_000).subarray(0, 16));
  await settle();
  young.socket.write(message(30_000).subarray(16));
  young.socket.resume();
  await young.closed;
  expect((await started.line("connection.closed")).fields["why"]).toMatch(
    /16 bytes came is too slow/,
  );
  letGo();
  expect(await old.read(20_000)).toEqual(message(20_000));
});

test("new connections are closed while the event loop is late", async () => {
  let lateMs = 0;
  const started = await start({
    clock: { now: () => Date.now() + lateMs, after: systemClock.after },
    limits: { loopLagMs: 1_000 },
  });
  const [good] = await openMany(started, 1);
  lateMs = 5_000;
  const late = await open(started);
  late.socket.resume();
  await late.closed;
  expect((await started.line("connection.refused")).fields).toMatchObject({ reason: "Overload" });
  expect(await good.ask(message(16))).toEqual(message(16));
});

test("a certificate that expires ends its open connection at the next request", async () => {
  let laterMs = 0;
  const started = await start({
    clock: { now: () => Date.now() + laterMs, after: systemClock.after },
    limits: { loopLagMs: Number.POSITIVE_INFINITY },
  });
  const [client] = await openMany(started, 1);
  laterMs = 1000 * 24 * 60 * 60 * 1000;
  await expect(client.ask(message(16))).rejects.toThrow("ended");
  expect((await started.line("connection.closed")).fields["why"]).toBe("the certificate expired");
});

/** So many connections, each known to be inside. */
async function openMany<N extends 1 | 2 | 3>(started: Started, count: N) {
  const clients: Client[] = [];
  for (let index = 0; index < count; index++) {
    const client = await open(started, alice);
    await client.ask(message(16));
    clients.push(client);
  }
  return clients as unknown as [Client, Client, Client];
}

/** A TCP connection that says nothing. */
async function plain({ listener }: Started): Promise<Socket> {
  const socket = connect(listener.port, "127.0.0.1").on("error", () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  await settle();
  return socket.resume();
}

async function closing(socket: Socket): Promise<void> {
  if (!socket.destroyed) await once(socket, "close");
}

/** Time for the other side to see what was sent; a test that needs more only proves less. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 30));
}
