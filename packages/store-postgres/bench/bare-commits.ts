import { migrate } from "@akm/store-postgres";
import { startEmbeddedPostgres } from "@akm/store-postgres/embedded";
import pg from "pg";
import { insert } from "./ceiling.ts";
import { loop, type Rate } from "./measure.ts";
import { creation } from "./rows.ts";

/** The ceiling of creations: bare inserts of the same rows by the same statement, one commit each. */
export interface BareCommits {
  /** What `callers` come to in `ms` milliseconds, each on a connection of its own. */
  measure(callers: number, ms: number): Promise<Rate>;
  stop(): Promise<void>;
}

/** Opens a database of its own in `directory`, with its tables and indexes. */
export async function openBareCommits(directory: string, callersMax: number): Promise<BareCommits> {
  const server = await startEmbeddedPostgres({ directory });
  await migrate({ connection: server.connection });
  const pool = new pg.Pool({ ...server.connection, max: callersMax });
  pool.on("error", () => undefined);
  let made = 0;
  return {
    measure: (callers, ms) => loop(callers, ms, () => insert(pool, creation(made++))),
    async stop() {
      await pool.end();
      await server.stop();
    },
  };
}
