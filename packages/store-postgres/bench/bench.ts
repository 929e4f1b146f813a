// Reads and commits of the store beside a ceiling, in one run: `pnpm bench [rounds]`.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Store } from "@akm/store";
import { createPostgresStore, type Merging, migrate } from "@akm/store-postgres";
import { startEmbeddedPostgres } from "@akm/store-postgres/embedded";
import pg from "pg";
import { insert, select } from "./ceiling.ts";
import { fsyncMs, loop, median, type Rate } from "./measure.ts";
import { auditRecord, creation } from "./rows.ts";

/** A way to do the same thing; the first of a group is its ceiling. */
type Way = readonly [name: string, call: () => Promise<unknown>];

const rounds = Number(process.argv[2] ?? 9);
const roundMs = 500;
const objects = 20_000;

/** Ways to merge that are compared. */
const mergings: readonly Merging[] = [
  { slots: 1, slotsMax: 8, from: 2, most: 64 },
  { slots: 2, slotsMax: 8, from: 2, most: 64 },
  { slots: 3, slotsMax: 8, from: 2, most: 64 },
  { slots: 2, slotsMax: 8, from: 2, most: 16 },
  { slots: 4, slotsMax: 8, from: 8, most: 64 },
  { slots: 8, slotsMax: 8, from: 16, most: 64 },
  { slots: 8, slotsMax: 8, from: 1000, most: 64 },
];

const directory = await mkdtemp(join(tmpdir(), "akm-bench-"));
const server = await startEmbeddedPostgres({ directory, settings: { max_connections: "120" } });
try {
  await migrate({ connection: server.connection });
  console.log(`fsync ${fsyncMs(join(directory, "probe")).toFixed(2)} ms`);
  await measureAll(new pg.Pool({ ...server.connection, max: 32 }));
} finally {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}

async function measureAll(pool: pg.Pool): Promise<void> {
  pool.on("error", () => undefined);
  const store = await createPostgresStore({ connection: server.connection });
  const ids = await fill(store);
  const any = () => ids[Math.floor(Math.random() * ids.length)] as string;
  const read: Way[] = [
    ["a select for each call", () => select(pool, any())],
    ["store.read", () => store.read([any()])],
  ];
  for (const callers of [1, 8, 32]) await compare("read", callers, read);

  const stores = await Promise.all(mergings.map((merging) => openStore(merging)));
  let made = 0;
  const create: Way[] = [
    ["bare insert-commit", () => insert(pool, creation(made++))],
    ...stores.map((one, at): Way => {
      const { slots, from, most } = mergings[at] as Merging;
      return [`slots ${slots}, from ${from}, most ${most}`, () => one.commit(creation(made++))];
    }),
  ];
  for (const callers of [1, 8, 32]) await compare("create", callers, create);

  const append = () => store.append([auditRecord()], "durable");
  for (const callers of [1, 8, 32]) await compare("append", callers, [["durable", append]]);
  await Promise.all([...stores, store].map((one) => one.close()));
  await pool.end();
}

function openStore(merging: Merging): Promise<Store> {
  return createPostgresStore({ connection: server.connection, merging });
}

async function fill(store: Store): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < objects; at += 200) {
    const batch = Array.from({ length: 200 }, () => creation(at));
    await Promise.all(batch.map((change) => store.commit(change)));
    ids.push(...batch.flatMap(({ putObjects = [] }) => putObjects.map(({ id }) => id)));
  }
  return ids;
}

/** Runs the ways in turn, round by round, and prints their medians beside the first one's. */
async function compare(what: string, callers: number, ways: readonly Way[]): Promise<void> {
  const rates = ways.map((): Rate[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [at, [, call]] of ways.entries())
      rates[at]?.push(await loop(callers, roundMs, call));
  const medians = rates.map(median);
  medians.forEach(({ perSecond, p99Ms }, at) => {
    const ratio = perSecond / (medians[0]?.perSecond ?? 1);
    const figures = `${Math.round(perSecond)}/s  ×${ratio.toFixed(2)}  p99 ${p99Ms.toFixed(1)} ms`;
    console.log(
      `${what.padEnd(7)} ${String(callers).padStart(2)}  ${ways[at]?.[0].padEnd(30)} ${figures}`,
    );
  });
}
