import { connect } from "node:net";
import { setImmediate } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { alice, echo, gate, message, open, start } from "./support.ts";

test("a request that comes byte by byte is answered", async () => {
  const client = await open(await start());
  const request = message(64, 3);
  for (const byte of request) {
    client.socket.write(Buffer.of(byte));
    await setImmediate();
  }
  expect(await client.read(64)).toEqual(request);
});

test("a thousand requests sent at once are answered in order, one at a time", async () => {
  let running = 0;
  const most: number[] = [];
  const started = await start({
    async answer(bytes, session) {
      running += 1;
      most.push(running);
      const copy = Uint8Array.from(bytes);
      await setImmediate();
      running -= 1;
      return echo(copy, session);
    },
  });
  const client = await open(started);
  const requests = Array.from({ length: 1000 }, (_, index) => numbered(index));
  client.socket.write(Buffer.concat(requests));
  expect(await client.read(16_000)).toEqual(Buffer.concat(requests));
  expect(Math.max(...most)).toBe(1);
});

test("a request is not taken up before the answer to the one before is written", async () => {
  const { opened, open: letGo } = gate();
  const seen: number[] = [];
  const started = await start({
    async answer(bytes, session) {
      seen.push(bytes[15] ?? -1);
      const copy = Uint8Array.from(bytes);
      if (seen.length === 1) await opened;
      return echo(copy, session);
    },
  });
  const client = await open(started);
  client.socket.write(numbered(1));
  await vi.waitUntil(() => seen.length === 1);
  client.socket.write(numbered(2));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(seen).toEqual([1]);
  letGo();
  expect(await client.read(32)).toEqual(Buffer.concat([numbered(1), numbered(2)]));
});

test.each([
  ["a wrong front", Buffer.from("4200790100000008", "hex"), "BadTag"],
  ["a type that is no structure", Buffer.from("4200780200000008", "hex"), "BadType"],
  ["a length that is no multiple of 8", Buffer.from("420078010000000c", "hex"), "BadLength"],
  ["a length beyond all limits", Buffer.from("42007801fffffff8", "hex"), "TooLong"],
])(
  "%s is answered once, behind the answers before it, and ends the connection",
  async (_, bytes, code) => {
    const started = await start();
    const client = await open(started);
    client.socket.write(Buffer.concat([numbered(1), bytes, numbered(2)]));
    const expected = Buffer.concat([numbered(1), Buffer.from(`refused ${code}`)]);
    expect(await client.read(expected.length)).toEqual(expected);
    await expect(client.read(1)).rejects.toThrow("ended");
    await client.closed;
    const { level, fields } = await started.line("connection.closed");
    expect(level).toBe("warn");
    expect(fields).toMatchObject({
      user: "alice",
      requests: 1,
      why: expect.stringMatching(/message/),
    });
  },
);

test.each([
  ["one less than the limit", 1016, undefined],
  ["the limit", 1024, undefined],
  ["one more than the limit", 1032, "refused TooLong"],
])("a message of %s, in steps of 8 bytes, is treated as it should be", async (_, size, refusal) => {
  const client = await open(await start({ limits: { messageBytesMax: 1024 } }));
  client.socket.write(message(size));
  const expected = refusal === undefined ? message(size) : Buffer.from(refusal);
  expect(await client.read(expected.length)).toEqual(expected);
});

test("a message of a whole mebibyte goes through", async () => {
  const client = await open(await start());
  const request = message(1024 * 1024, 9);
  expect((await client.ask(request)).equals(request)).toBe(true);
});

test("an answer that closes is sent whole, and nothing is answered behind it", async () => {
  const started = await start({
    answer: async () => ({ bytes: new Uint8Array(300_000).fill(5), close: true }),
  });
  const client = await open(started);
  client.socket.write(Buffer.concat([numbered(1), numbered(2)]));
  expect((await client.read(300_000)).every((byte) => byte === 5)).toBe(true);
  await expect(client.read(1)).rejects.toThrow("ended");
  expect((await started.line("connection.closed")).fields["requests"]).toBe(1);
});

test("an unknown outcome ends the connection without an answer", async () => {
  const started = await start({ answer: async () => ({ bytes: undefined, close: true }) });
  const client = await open(started);
  client.socket.write(message(16));
  await expect(client.read(1)).rejects.toThrow("ended");
  const { fields } = await started.line("connection.closed");
  expect(fields["why"]).toBe("the outcome of a request is unknown");
});

test("a defect ends the connection without an answer, and the log has its cause", async () => {
  const started = await start({
    answer: () => Promise.reject(new Error("broken inside")),
  });
  const client = await open(started);
  client.socket.write(message(16));
  await expect(client.read(1)).rejects.toThrow("ended");
  const { level, fields } = await started.line("transport.defect");
  expect(level).toBe("error");
  expect(fields["error"]).toEqual(new Error("broken inside"));
});

test("a request and its answer are wiped once they are dealt with", async () => {
  const kept: Uint8Array[] = [];
  const started = await start({
    async answer(bytes, session) {
      const answer = await echo(bytes, session);
      kept.push(bytes, answer.bytes as Uint8Array);
      return answer;
    },
  });
  const client = await open(started);
  // The second one comes in two pieces, and is put together in a buffer of its own.
  await client.ask(message(64, 1));
  client.socket.write(message(64, 2).subarray(0, 20));
  await new Promise((resolve) => setTimeout(resolve, 10));
  client.socket.write(message(64, 2).subarray(20));
  await client.read(64);
  client.socket.end();
  await client.closed;
  await started.line("connection.closed");
  expect(kept).toHaveLength(4);
  expect(kept.flatMap((bytes) => [...bytes])).toEqual(new Array(256).fill(0));
});

test("a defect in the refusal ends the connection, and the log has its cause", async () => {
  const started = await start({
    refuse: () => {
      throw new Error("broken inside");
    },
  });
  const client = await open(started);
  client.socket.write("GET / HTTP/1.1");
  await expect(client.read(1)).rejects.toThrow("ended");
  expect((await started.line("transport.defect")).level).toBe("error");
});

test("a request that is cut short is told in the log", async () => {
  const started = await start();
  const client = await open(started);
  client.socket.end(message(64).subarray(0, 20));
  client.socket.resume();
  await client.closed;
  const { level, fields } = await started.line("connection.closed");
  expect(level).toBe("warn");
  expect(fields["why"]).toBe("the peer closed it within a request");
});

test("a peer that resets in the midst of a request or an answer hurts nobody", async () => {
  const { opened, open: letGo } = gate();
  const started = await start({
    async answer(bytes, session) {
      const answer = await echo(bytes, session);
      if (bytes.length === 24) await opened;
      return answer;
    },
  });
  const good = await open(started);
  const { port } = started.listener;
  const [one, two] = [connect(port, "127.0.0.1"), connect(port, "127.0.0.1")];
  const inBody = await open(started, alice, { socket: one });
  const inAnswer = await open(started, alice, { socket: two });
  inBody.socket.write(message(64).subarray(0, 20));
  inAnswer.socket.write(message(24));
  await good.ask(message(16));
  for (const socket of [one, two]) socket.on("error", () => {}).resetAndDestroy();
  letGo();
  await vi.waitUntil(() => started.listener.connections === 1);
  expect(await good.ask(message(16))).toEqual(message(16));
});

test("a client that closes its own side behind its requests still gets the answers", async () => {
  const started = await start({
    async answer(bytes, session) {
      const answer = await echo(bytes, session);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return answer;
    },
  });
  const client = await open(started);
  const requests = Buffer.concat([numbered(1), numbered(2), numbered(3)]);
  client.socket.end(requests);
  expect(await client.read(48)).toEqual(requests);
  await client.closed;
});

test("close answers the requests under way and then ends", async () => {
  const { opened, open: letGo } = gate();
  const started = await start({
    async answer(bytes, session) {
      const answer = await echo(bytes, session);
      await opened;
      return answer;
    },
  });
  const idle = await open(started);
  const busy = await open(started);
  busy.socket.write(message(16));
  await vi.waitUntil(() => started.listener.connections === 2);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const closed = started.listener.close(5_000);
  idle.socket.resume();
  await idle.closed;
  letGo();
  expect(await busy.read(16)).toEqual(message(16));
  busy.socket.resume();
  await closed;
  expect(started.listener.connections).toBe(0);
  await open(started);
  expect(started.listener.connections).toBe(0);
});

test("requests beyond the one under way stay with their sender", async () => {
  const { opened, open: letGo } = gate();
  const started = await start({
    async answer(bytes, session) {
      const answer = await echo(bytes, session);
      await opened;
      return answer;
    },
  });
  const client = await open(started);
  const flood = Buffer.concat(Array.from({ length: 32 }, () => message(1024 * 1024)));
  client.socket.write(flood);
  await new Promise((resolve) => setTimeout(resolve, 100));
  // What has left the sender lies in the buffers of the system, a few megabytes of it.
  expect(client.socket.writableLength).toBeGreaterThan(flood.length / 2);
  letGo();
  expect(await client.read(1024 * 1024)).toHaveLength(1024 * 1024);
});

test("a listener that has closed leaves no handle behind", async () => {
  const handles = () =>
    process
      .getActiveResourcesInfo()
      .filter((name) => /^(TLS|TCP|TCPServer)/.test(name))
      .sort();
  const before = handles();
  const started = await start();
  const { port } = started.listener;
  const bare = connect(port, "127.0.0.1").on("error", () => {});
  const clients = [await open(started), await open(started, null), await open(started)];
  await clients[0]?.ask(message(16));
  clients[2]?.socket.write(message(64).subarray(0, 20));
  for (const { socket } of clients) socket.resume();
  bare.resume();
  await started.listener.close(50);
  await Promise.all(clients.map(({ closed }) => closed));
  await vi.waitUntil(() => bare.destroyed);
  await vi.waitUntil(() => handles().length <= before.length);
});

test("close ends what is not answered in time", async () => {
  const started = await start({ answer: () => new Promise(() => {}) });
  const client = await open(started);
  client.socket.write(message(16));
  await vi.waitUntil(() => started.listener.connections === 1);
  await started.listener.close(20);
  await expect(client.read(1)).rejects.toThrow("ended");
});

/** A message of 16 bytes with a number in it. */
function numbered(index: number): Buffer {
  const bytes = message(16);
  bytes.writeUInt32BE(index, 12);
  return bytes;
}
