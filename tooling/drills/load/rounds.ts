import type { Bounds } from "../../../packages/store-postgres/bench/bounds.ts";
import type { Generator, Load, Target } from "./generator.ts";
import type { Row } from "./table.ts";

/** What is measured, and how long. */
export interface Scene {
  readonly generator: Generator;
  readonly akm: Target;
  readonly canned: Target;
  readonly bounds: Bounds;
  /** Path of the files with the identifiers and names of the keys that are there, without its ending. */
  readonly keys: string;
  readonly rounds: number;
  readonly seconds: number;
}

/** At which size of the store, and by how many connections. */
export type At = Pick<Row, "stored" | "connections">;

const reads = {
  Query: "query",
  Get: "get",
  "Get Attributes": "getattrs",
  "Locate by Name": "locate",
};

/** Lets the server see each kind of request often enough that its code is compiled: what is measured is its usual speed. */
export async function warmUp(scene: Scene): Promise<void> {
  for (const operation of Object.values(reads)) await askLong(scene, operation);
}

async function askLong(scene: Scene, operation: string): Promise<void> {
  const files = ["--ids", `${scene.keys}.ids`, "--names", `${scene.keys}.names`];
  const time = ["--duration", "4", "--warmup", "0"];
  await scene.generator.load(scene.akm, ["--op", operation, ...files, "--conns", "8", ...time]);
}

/** The operations that read: each round asks the responder that does no work, and then each operation in turn. */
export async function measureReads(scene: Scene, at: At): Promise<readonly Row[]> {
  const files = ["--ids", `${scene.keys}.ids`, "--names", `${scene.keys}.names`];
  const ceiling: Load[] = [];
  const found = Object.entries(reads).map(([what, operation]) => ({
    what,
    args: ["--op", operation, ...files],
    loads: [] as Load[],
  }));
  for (let round = 0; round < scene.rounds; round++) {
    ceiling.push(await asked(scene, "canned", ["--op", "query", ...conns(at)]));
    for (const { args, loads } of found)
      loads.push(await asked(scene, "akm", [...args, ...conns(at)]));
  }
  return found.map(({ what, loads }) => rowOf({ what, ...at }, loads, ceiling));
}

/** Create, each round beside bare inserts of the same rows. */
export async function measureCreations(scene: Scene, at: At): Promise<Row> {
  const loads: Load[] = [];
  const ceiling: Pick<Load, "perSecond">[] = [];
  for (let round = 0; round < scene.rounds; round++) {
    ceiling.push(await scene.bounds.creations(at.connections, 1000 * scene.seconds));
    loads.push(await asked(scene, "akm", ["--op", "create", ...conns(at)]));
  }
  return rowOf({ what: "Create", ...at }, loads, ceiling);
}

/** Get, each round beside what the store alone needs for it: a read, then a record that is durable before the key leaves. */
export async function measureReleases(scene: Scene, at: At): Promise<Row> {
  const args = ["--op", "get", "--ids", `${scene.keys}.ids`, ...conns(at)];
  const loads: Load[] = [];
  const ceiling: Pick<Load, "perSecond">[] = [];
  for (let round = 0; round < scene.rounds; round++) {
    ceiling.push(await scene.bounds.releases(at.connections, 1000 * scene.seconds));
    loads.push(await asked(scene, "akm", args));
  }
  return rowOf({ what: "Get, by the store alone", ...at }, loads, ceiling);
}

/** A connection for each request. */
export async function measureHandshakes(scene: Scene, at: At): Promise<Row> {
  const args = ["--op", "query", "--reconnect", ...conns(at)];
  const loads: Load[] = [];
  const ceiling: Load[] = [];
  for (let round = 0; round < scene.rounds; round++) {
    ceiling.push(await asked(scene, "canned", args));
    loads.push(await asked(scene, "akm", args));
  }
  return rowOf({ what: "new connection and Query", ...at }, loads, ceiling);
}

function conns({ connections }: At): readonly string[] {
  return ["--conns", `${connections}`];
}

async function asked(
  scene: Scene,
  which: "akm" | "canned",
  args: readonly string[],
): Promise<Load> {
  const time = ["--duration", `${scene.seconds}`, "--warmup", "0.5"];
  const load = await scene.generator.load(scene[which], [...args, ...time]);
  if (load.failed > 0) throw new Error(`${load.failed} requests failed: ${args.join(" ")}`);
  return load;
}

function rowOf(
  which: At & { readonly what: string },
  loads: readonly Load[],
  ceiling: readonly Pick<Load, "perSecond">[],
): Row {
  return {
    ...which,
    perSecond: loads.map(({ perSecond }) => perSecond),
    p99Us: loads.map(({ p99Us }) => p99Us),
    ceiling: ceiling.map(({ perSecond }) => perSecond),
  };
}
