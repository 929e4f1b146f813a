import { type Store, StoreError } from "@akm/store";
import { createAppender } from "./appender.ts";
import { encodeChange } from "./change-statement.ts";
import { hearClock, makeAuditDays, startChores } from "./chores.ts";
import { createClock } from "./clock.ts";
import { createCommitter, type Merging } from "./committer.ts";
import { openConnections } from "./connections.ts";
import { unavailable } from "./failure.ts";
import type { Connection } from "./hosts.ts";
import { type Log, silence } from "./log.ts";
import { createReads } from "./reads.ts";
import { checkSchema } from "./schema.ts";
import { checkServer } from "./server-check.ts";
import type { Settling } from "./settle.ts";

/** How to open the store. */
export interface PostgresStoreOptions {
  readonly connection: Connection;
  /** Connections at the most; 12 where it is absent, and no fewer than 6. */
  readonly poolSize?: number;
  /** Accepts a server that can lose what it acknowledged. For tests. */
  readonly unsafeDurability?: boolean;
  /** Milliseconds after which an outcome that cannot be found out is `unknown`; 10,000 where it is absent. */
  readonly unknownAfterMs?: number;
  /** Local monotonic time in milliseconds; the process's own where it is absent. For tests. */
  readonly monotonic?: () => number;
  /** When changes share a transaction; what was measured best where it is absent. For measuring. */
  readonly merging?: Merging;
  readonly log?: Log;
}

/**
 * Opens the store on a database that `migrate` has prepared.
 *
 * @throws StoreError `Unavailable` where no host is a primary, or the server or its schema will not do
 */
export async function createPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const poolSize = Math.max(options.poolSize ?? 12, 6);
  const settling = await openSettling(options, poolSize);
  const { connections, clock, log } = settling;
  const stopChores = startChores(connections, clock, log);
  const committer = createCommitter(settling, options.merging ?? mergingFor(poolSize));
  const appender = createAppender(settling);
  let open = true;

  function refuseClosed(): void {
    if (!open) throw new StoreError("Unavailable", "the store is closed");
  }

  return {
    ...createReads(connections),
    async commit(change) {
      try {
        refuseClosed();
        clock.now();
        return await committer.commit(encodeChange(change));
      } catch (error) {
        return { outcome: "failed", error: error as Error };
      }
    },
    async append(records, durability) {
      refuseClosed();
      await appender.append(records, durability);
    },
    now: () => clock.now(),
    health: () => health(settling),
    async close() {
      if (!open) return;
      open = false;
      stopChores();
      await committer.drained();
      await appender.close();
      await connections.close();
    },
  };
}

/** Connects, and makes sure that server, schema, clock and audit partitions are as they have to be. */
async function openSettling(options: PostgresStoreOptions, poolSize: number): Promise<Settling> {
  const { connection, log = silence, unsafeDurability = false, unknownAfterMs = 10_000 } = options;
  const connections = openConnections(connection, poolSize, log);
  const clock = createClock(options.monotonic ?? (() => performance.now()));
  try {
    await connections.use(async ({ client }) => {
      await checkServer(client, unsafeDurability);
      await checkSchema(client);
    });
    await hearClock(connections, clock);
    await makeAuditDays(connections, log);
    return { connections, clock, log, unknownAfterMs };
  } catch (error) {
    await connections.close();
    throw unavailable(error);
  }
}

/** Leaves connections for reads, records, the clock and looking outcomes up. */
function mergingFor(poolSize: number): Merging {
  return { slots: 2, slotsMax: poolSize - 4, from: 2, most: 64 };
}

async function health({ connections, clock }: Settling): ReturnType<Store["health"]> {
  try {
    clock.now();
    await hearClock(connections, clock);
    return { ready: true };
  } catch (error) {
    return { ready: false, why: (error as Error).message };
  }
}
