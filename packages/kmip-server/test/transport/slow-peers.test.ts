import { expect, test, vi } from "vitest";
import { echo, gate, message, open, openMany, settle, start } from "./support.ts";

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
