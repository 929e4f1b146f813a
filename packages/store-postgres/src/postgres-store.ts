import {
  copyKey,
  copyObject,
  type Store,
  type StoredKey,
  type StoredObject,
  type StoredRecord,
  StoreError,
} from "@akm/store";
import { createAppender } from "./appender.ts";
import { binaryArray, textCell } from "./binary-array.ts";
import { clock as clockColumn, encodeChange } from "./change-statement.ts";
import { type Clock, createClock } from "./clock.ts";
import { createCommitter, type Merging } from "./committer.ts";
import { type Connections, openConnections } from "./connections.ts";
import { isConnectionFailure, unavailable } from "./failure.ts";
import { find } from "./find.ts";
import type { Connection } from "./hosts.ts";
import { type Log, silence } from "./log.ts";
import { retry } from "./retry.ts";
import { fromRaw, keyColumns, objectColumns, type Raw, recordColumns } from "./rows.ts";
import { checkSchema } from "./schema.ts";
import { checkServer } from "./server-check.ts";
import { createSharedRead } from "./shared-read.ts";

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
  /** When changes share a transaction; what is measured best where it is absent. For measuring. */
  readonly merging?: Merging;
  readonly log?: Log;
}

/** Days for which audit partitions stand ahead. */
const daysAhead = 7;
const hourMs = 3_600_000;
const heartbeatMs = 1000;

/**
 * Opens the store on a database that `migrate` has prepared.
 *
 * @throws StoreError `Unavailable` where no host is a primary, or the server or its schema will not do
 */
export async function createPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { connection, log = silence, unsafeDurability = false, unknownAfterMs = 10_000 } = options;
  const poolSize = Math.max(options.poolSize ?? 12, 6);
  const connections = openConnections(connection, poolSize, log);
  const clock = createClock(options.monotonic ?? (() => performance.now()));
  try {
    await connections.use(async ({ client }) => {
      await checkServer(client, unsafeDurability);
      await checkSchema(client);
    });
    await hearClock(connections, clock);
  } catch (error) {
    await connections.close();
    throw unavailable(error);
  }
  const stopChores = startChores(connections, clock, log);
  await makeAuditDays(connections, log);

  const settling = { connections, clock, log, unknownAfterMs };
  const committer = createCommitter(settling, options.merging ?? mergingFor(poolSize));
  const appender = createAppender(settling);
  const ask = asking(connections);
  let open = true;
  const refuseClosed = () => {
    if (!open) throw new StoreError("Unavailable", "the store is closed");
  };

  return {
    ...createReads(connections),
    find: (match) => find(connections, match),
    async readRecords(kind) {
      const text = `select ${recordColumns} from akm.record where kind = $1 order by id`;
      const rows = await ask<Raw<StoredRecord>>(text, [kind]);
      return rows.map(fromRaw<StoredRecord>);
    },
    async due(until, limit) {
      const text = "select id from akm.key where due_at <= $1 order by due_at, id limit $2";
      return (await ask<{ id: string }>(text, [until, limit])).map(({ id }) => id);
    },
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
    async health() {
      try {
        clock.now();
        await hearClock(connections, clock);
        return { ready: true };
      } catch (error) {
        return { ready: false, why: (error as Error).message };
      }
    },
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

/** Leaves connections for reads, records, the clock and looking outcomes up. */
function mergingFor(poolSize: number): Merging {
  return { slots: poolSize - 4, from: 16, most: 64 };
}

function createReads(connections: Connections): Pick<Store, "read" | "readKeys" | "owners"> {
  const encode = (ids: readonly string[]) => binaryArray("text", ids.map(textCell));
  const owner = createSharedRead<{ id: string; owner: string }, string>(connections, {
    name: "owners",
    text: "select encode(claim, 'hex') as id, owner from akm.claim where claim = any($1::bytea[])",
    encode: (ids) =>
      binaryArray(
        "bytea",
        ids.map((id) => Buffer.from(id, "hex")),
      ),
    decode: (row) => row.owner,
    copy: (text) => text,
  });
  return {
    read: createSharedRead(connections, {
      name: "read",
      text: `select ${objectColumns} from akm.object where id = any($1::text[])`,
      encode,
      decode: fromRaw<StoredObject>,
      copy: copyObject,
    }),
    readKeys: createSharedRead(connections, {
      name: "readKeys",
      text: `select ${keyColumns} from akm.key where id = any($1::text[])`,
      encode,
      decode: fromRaw<StoredKey>,
      copy: copyKey,
    }),
    async owners(claims) {
      const ids = claims.map((claim) => Buffer.from(claim).toString("hex"));
      const found = await owner(ids);
      return ids.map((id) => found.get(id));
    },
  };
}

/** Asks for rows, again where the connection was at fault. */
function asking(connections: Connections) {
  return async <Row extends object>(text: string, values: unknown[]): Promise<Row[]> => {
    try {
      const ask = () => connections.use(({ client }) => client.query<Row>(text, values));
      return (await retry(ask, isConnectionFailure)).rows;
    } catch (error) {
      throw unavailable(error);
    }
  };
}

async function hearClock(connections: Connections, clock: Clock): Promise<void> {
  await connections.use(async ({ client }) => {
    const sentAt = clock.monotonic();
    const text = `select ${clockColumn}`;
    const { rows } = await client.query<{ clock: number }>({ name: "clock", text });
    clock.heard(rows[0]?.clock ?? Number.NaN, sentAt);
  });
}

/** Makes the coming days' partitions; where that fails, records lie in the default one. */
async function makeAuditDays(connections: Connections, log: Log): Promise<void> {
  await connections
    .use(({ client }) => client.query("select akm.make_audit_days($1)", [daysAhead]))
    .catch((error) => log("audit.days", { error }));
}

/** The clock's heartbeat, and each hour the partitions. Returns how to stop them. */
function startChores(connections: Connections, clock: Clock, log: Log): () => void {
  const timers = [
    setInterval(() => void hearClock(connections, clock).catch(() => undefined), heartbeatMs),
    setInterval(() => void makeAuditDays(connections, log), hourMs),
  ];
  for (const timer of timers) timer.unref();
  return () => timers.forEach(clearInterval);
}
