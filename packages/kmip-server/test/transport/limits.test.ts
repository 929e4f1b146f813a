import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { systemClock } from "@akm/kmip-server";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  echo,
  gate,
  message,
  open,
  openMany,
  pki,
  type Started,
  settle,
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
