import { createPostgresStore, migrate } from "@akm/store-postgres";
import { startEmbeddedPostgres } from "@akm/store-postgres/embedded";
import pg from "pg";
import { insert } from "./ceiling.ts";
import { loop, type Rate } from "./measure.ts";
import { auditRecord, creation } from "./rows.ts";

/** What the database alone comes to, without a server before it. */
export interface Bounds {
  /** Of creations: bare inserts of the same rows by the same statement, one commit each, a connection for each caller. */
  creations(callers: number, ms: number): Promise<Rate>;
  /** Of releases of keys: the store's read of an object, then a durable audit record. */
  releases(callers: number, ms: number): Promise<Rate>;
  stop(): Promise<void>;
}

const objects = 20_000;

/** Opens a database of its own in `directory`, with its tables and indexes and so many objects that a table is no page. */
export async function openBounds(directory: string, callersMax: number): Promise<Bounds> {
  const server = await startEmbeddedPostgres({ directory });
  await migrate({ connection: server.connection });
  const store = await createPostgresStore({ connection: server.connection });
  const pool = new pg.Pool({ ...server.connection, max: callersMax });
  pool.on("error", () => undefined);
  let made = 0;
  const changes = Array.from({ length: objects }, () => creation(made++));
  await Promise.all(changes.map((change) => store.commit(change)));
  const ids = changes.flatMap(({ putObjects = [] }) => putObjects.map(({ id }) => id));
  return {
    creations: (callers, ms) => loop(callers, ms, () => insert(pool, creation(made++))),
    releases: (callers, ms) =>
      loop(callers, ms, async () => {
        await store.read([ids[Math.floor(Math.random() * ids.length)] as string]);
        await store.append([auditRecord()], "durable");
      }),
    async stop() {
      await store.close();
      await pool.end();
      await server.stop();
    },
  };
}
