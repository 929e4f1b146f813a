import { StoreError } from "@akm/store";
import pg from "pg";
import { isConnectionFailure } from "./failure.ts";
import { createHolding } from "./holding.ts";
import { type Connection, hostsOf } from "./hosts.ts";
import type { Log } from "./log.ts";
import { rowTypes } from "./rows.ts";
import type { Backend, Session } from "./session.ts";

/** Connections to the primary, each of them verified when it was made. */
export interface Connections {
  /**
   * Runs `work` on a connection, which is destroyed where it is in doubt: after any error but a server's plain refusal, after the
   * deadline, in a transaction. Where no host lets us in as a primary, it rejects and `work` was never called.
   */
  use<T>(work: (session: Session) => Promise<T>, deadlineMs?: number): Promise<T>;
  close(): Promise<void>;
}

/** Longer than any statement may run (5 s): a server that does not say so by itself is not there. */
const statementDeadlineMs = 6000;

/** Opens a pool of at most `poolSize` connections for each host; the first host that is a primary serves. */
export function openConnections(connection: Connection, poolSize: number, log: Log): Connections {
  const backends = new WeakMap<pg.ClientBase, Backend>();
  const onConnect = async (client: pg.ClientBase) => {
    backends.set(client, await verify(client));
  };
  const pools = hostsOf(connection).map((host) => {
    const pool = new pg.Pool({ ...sessionSettings, ...host, max: poolSize, onConnect });
    pool.on("error", (error) => log("connection.lost", { error }));
    return pool;
  });
  const connect = connector(pools);
  const holding = createHolding({
    async open() {
      const client = await connect();
      return { client, backend: backends.get(client) as Backend };
    },
    isWanted: () => pools.some(({ waitingCount }) => waitingCount > 0),
    log,
  });

  return {
    async use(work, deadlineMs = statementDeadlineMs) {
      const session = await holding.take(deadlineMs);
      try {
        return await work(session);
      } catch (error) {
        if (isConnectionFailure(error)) session.doubt ??= error as Error;
        throw session.doubt ?? error;
      } finally {
        holding.giveBack(session);
      }
    },
    async close() {
      holding.close();
      await Promise.all(pools.map((pool) => pool.end()));
    },
  };
}

/** Connects to the host that served last, else to the next one that lets us in. */
function connector(pools: readonly pg.Pool[]): () => Promise<pg.PoolClient> {
  let serving = 0;
  return async () => {
    let last: unknown;
    for (const at of [...pools.keys()].map((offset) => (serving + offset) % pools.length)) {
      try {
        const client = await (pools[at] as pg.Pool).connect();
        serving = at;
        return client;
      } catch (error) {
        last = error;
      }
    }
    const why = last instanceof Error ? last.message : String(last);
    throw new StoreError("Unavailable", `no connection to a primary: ${why}`, { cause: last });
  };
}

/** Settings of every session; `verify` adds those of the planner. */
const sessionSettings: pg.PoolConfig = {
  application_name: "akm",
  statement_timeout: 5000,
  lock_timeout: 2000,
  idle_in_transaction_session_timeout: 10_000,
  connectionTimeoutMillis: 3000,
  idleTimeoutMillis: 0,
  keepAlive: true,
  types: rowTypes,
};

interface Verification extends Backend {
  readonly recovering: boolean;
  readonly readOnly: string;
}

/**
 * Refuses a server that would not take a change; tells which process serves the connection. Sets the planner: reading a whole table is
 * never right here, even while it is small, and the plan of a prepared statement does not depend on its values. Sets the form in which
 * bytes are read.
 */
async function verify(client: pg.ClientBase): Promise<Backend> {
  const question = {
    text: `select pid, backend_start::text as "startedAt", pg_is_in_recovery() as recovering,
        current_setting('transaction_read_only') as "readOnly",
        set_config('enable_seqscan', 'off', false), set_config('plan_cache_mode', 'force_generic_plan', false),
        set_config('bytea_output', 'hex', false)
      from pg_stat_activity where pid = pg_backend_pid()`,
    query_timeout: 3000,
  };
  const row = (await client.query<Verification>(question)).rows[0];
  if (row === undefined || row.recovering || row.readOnly !== "off")
    throw new StoreError("Unavailable", "the server is a standby or read-only");
  return { pid: row.pid, startedAt: row.startedAt };
}
