import { expect, test } from "vitest";
import { type Client, message, open, start } from "../transport/support.ts";

const connectionsMax = 8;

test.each([
  ["one less than the limit", connectionsMax - 1, 0],
  ["the limit", connectionsMax, 0],
  ["one more than the limit", connectionsMax + 1, 1],
])("%s: of %i connections %i must go", async (_, count, gone) => {
  const started = await start({ limits: { connectionsMax } });
  const clients: Client[] = [];
  for (let at = 0; at < count; at += 1) {
    const client = await open(started);
    await client.ask(message(16));
    clients.push(client);
  }
  for (const { socket, closed } of clients.slice(0, gone)) {
    socket.resume();
    await closed;
  }
  const left = clients.slice(gone);
  await Promise.all(left.map((client) => client.ask(message(16))));
  expect(started.listener.connections).toBe(left.length);
});
