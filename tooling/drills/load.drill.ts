// The whole server under load, beside ceilings of the same rounds: a responder over TLS that does no work; bare inserts
// of a new key's rows, one commit each; and the store alone, a read and then a durable record. Prints one table; fails
// where a floor does not hold. The generator is kmip-load: `.ci/long load`, with AKM_KMIP_LOAD where its folder is
// another than ../shared/tools/kmip-load.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runAkm, serveAkm } from "../../apps/akm/test/support/akm.ts";
import { openBounds } from "../../packages/store-postgres/bench/bounds.ts";
import { fsyncMs } from "../../packages/store-postgres/bench/measure.ts";
import { generatorIn } from "./load/generator.ts";
import { memoryKiBOf, proportionalKiB } from "./load/memory.ts";
import {
  measureCreations,
  measureHandshakes,
  measureReads,
  measureReleases,
  type Scene,
  warmUp,
} from "./load/rounds.ts";
import { median, type Row, shareOf, table } from "./load/table.ts";

const root = resolve(import.meta.dirname, "../..");
const kmipLoad = resolve(root, process.env["AKM_KMIP_LOAD"] ?? "../shared/tools/kmip-load");
const seconds = Number(process.env["AKM_LOAD_SECONDS"] ?? 2);
const rounds = Number(process.env["AKM_LOAD_ROUNDS"] ?? 3);
const sizes = (process.env["AKM_LOAD_KEYS"] ?? "1000,100000").split(",").map(Number);
const connectionCounts = [1, 8, 32];

/** What must hold whatever the machine, since both sides are measured in turn; all at 8 connections. */
const floors = { get: 0.2, create: 0.4, locateGrowth: 1.3 };

if (!existsSync(kmipLoad)) throw new Error(`no kmip-load in ${kmipLoad}: set AKM_KMIP_LOAD`);
const folder = mkdtempSync(join(tmpdir(), "akm load "));
try {
  const rows = await drill(join(folder, "data"));
  console.log(`cores ${cpus().length}`);
  console.log(`load ${loadavg()[0]?.toFixed(1)}`);
  console.log(`rounds ${rounds} of ${seconds} s`);
  console.log(table(rows));
  const faults = faultsOf(rows);
  for (const fault of faults) console.log(`failed ${fault}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function drill(data: string): Promise<readonly Row[]> {
  await runAkm(["init", "--data", data]);
  // On a machine that is busy with the ceilings, too, no connection is to be sent away for that.
  writeFileSync(join(data, "akm.conf"), "[limits]\nloop_lag_ms = 60000\n");
  const startedAt = performance.now();
  const server = await serveAkm(data);
  console.log(`start ${Math.round(performance.now() - startedAt)} ms`);
  const client = join(folder, "client");
  await runAkm(["cert", "issue", "--data", data, "--cn", "load", "--ou", "group", "--out", client]);
  const generator = generatorIn(kmipLoad);
  const pair = join(data, "pki", "server-p256.pem");
  const canned = await generator.serveCanned({ ca: join(client, "ca.pem"), pair });
  const bounds = await openBounds({
    directory: join(folder, "bare"),
    objects: Math.max(...sizes),
    callersMax: Math.max(...connectionCounts),
  });
  console.log(`fsync ${fsyncMs(join(folder, "probe")).toFixed(2)} ms`);
  const scene = {
    generator,
    akm: { port: Number(server.kmip.split(":")[1]), client },
    canned: { port: canned.port, client },
    bounds,
    keys: join(folder, "keys"),
    rounds,
    seconds,
  };
  try {
    return await measureAll(scene, server.child.pid as number);
  } finally {
    await bounds.stop();
    await canned.stop();
    await server.stop();
  }
}

/** Reading first, so that the store has the size that a row names; what adds keys comes last. */
async function measureAll(scene: Scene, pid: number): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const stored of sizes) {
    await fill(scene, stored);
    await warmUp(scene);
    for (const connections of connectionCounts)
      rows.push(...(await measureReads(scene, { stored, connections })));
    tellMemory(`memory.${stored}`, pid);
  }
  const stored = Math.max(...sizes);
  for (const connections of connectionCounts)
    rows.push(await measureReleases(scene, { stored, connections }));
  for (const connections of connectionCounts)
    rows.push(await measureCreations(scene, { stored, connections }));
  rows.push(await measureHandshakes(scene, { stored, connections: 8 }));
  tellMemory("memory.end", pid);
  return rows;
}

/** Creates keys until there are `stored`. */
async function fill({ generator, akm, keys }: Scene, stored: number): Promise<void> {
  const there = linesOf(`${keys}.ids`).length;
  await generator.preload(akm, stored - there, `${keys}.more`);
  for (const kind of ["ids", "names"]) {
    const all = [...linesOf(`${keys}.${kind}`), ...linesOf(`${keys}.more.${kind}`), ""];
    writeFileSync(`${keys}.${kind}`, all.join("\n"));
  }
}

function faultsOf(rows: readonly Row[]): readonly string[] {
  const at8 = (what: string) => rows.filter((row) => row.what === what && row.connections === 8);
  const get = Math.min(...at8("Get").map(shareOf));
  const create = Math.min(...at8("Create").map(shareOf));
  const locate = at8("Locate by Name").map(({ perSecond }) => median(perSecond));
  const growth = (locate[0] ?? 0) / (locate.at(-1) ?? 0);
  console.log(`locate.growth ${growth.toFixed(2)} times`);
  return [
    ...(get < floors.get ? [`Get: ${get.toFixed(2)} of the responder, not ${floors.get}`] : []),
    ...(create < floors.create
      ? [`Create: ${create.toFixed(2)} of the bare commits, not ${floors.create}`]
      : []),
    ...(growth > floors.locateGrowth
      ? [`Locate by Name: ${growth.toFixed(2)} times slower with all keys`]
      : []),
  ];
}

function tellMemory(name: string, pid: number): void {
  const mib = (kib: number) => `${Math.round(kib / 1024)} MiB`;
  console.log(`${name} ${mib(memoryKiBOf(pid))}`);
  console.log(`${name}.node ${mib(proportionalKiB(pid))}`);
}

/** Nothing where the file is not there. */
function linesOf(file: string): readonly string[] {
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
}
