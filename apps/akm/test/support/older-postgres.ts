import { createConnection, createServer, type Socket } from "node:net";
import type { ConnectionSettings } from "@akm/store-postgres";
import { onTestFinished } from "vitest";

/** What PostgreSQL says of its version, and what the older one would say; of the same length. */
const older = [
  ["180004", "140023"],
  ["18.4", "14.9"],
] as const;

/** The port of a way to a PostgreSQL 18.4 on which it says that it is 14.9; ends with the test. */
export async function asOlder({ host }: ConnectionSettings): Promise<number> {
  const sockets: Socket[] = [];
  const server = createServer((client) => {
    const upstream = createConnection(`${host}/.s.PGSQL.5432`);
    sockets.push(client, upstream);
    client.on("error", () => upstream.destroy()).pipe(upstream);
    upstream.on("error", () => client.destroy()).on("data", (chunk) => client.write(aged(chunk)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as { port: number }).port;
}

function aged(chunk: Buffer): Buffer {
  const text = older.reduce(
    (all, [now, then]) => all.replaceAll(now, then),
    chunk.toString("latin1"),
  );
  return Buffer.from(text, "latin1");
}
