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

/** What a database is opened with. */
export interface BoundsOptions {
  /** The database is a new one in this folder, with the same tables and indexes. */
  readonly directory: string;
  /** Objects that stand in it at the beginning: as many as the server has, since an index costs by its size. */
  readonly objects: number;
  readonly callersMax: number;
}

/** Creations that are under way at a time while the database is filled. */
const filling = 500;

/** Opens a database of its own and fills it. */
export async function openBounds({
  directory,
  objects,
  callersMax,
}: BoundsOptions): Promise<Bounds> {
  const server = await startEmbeddedPostgres({ directory });
  await migrate({ connection: server.connection });
  const store = await createPostgresStore({ connection: server.connection });
  const pool = new pg.Pool({ ...server.connection, max: callersMax });
  pool.on("error", () => undefined);
  let made = 0;
  const ids: string[] = [];
  while (ids.length < objects) {
    const size = Math.min(filling, objects - ids.length);
    const changes = Array.from({ length: size }, () => creation(made++));
    await Promise.all(changes.map((change) => store.commit(change)));
    ids.push(...changes.flatMap(({ putObjects = [] }) => putObjects.map(({ id }) => id)));
  }
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
