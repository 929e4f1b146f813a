// Slow and half-open clients against a real `akm serve`, F1 and F2 of reliability, while a well-behaved client is
// measured before, under attack, and after: its p99 must stay within three times that of the quiet.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { runAkm, serveAkm } from "../../apps/akm/test/support/akm.ts";
import { item, message, text } from "../../packages/kmip-server/test/support/wire.ts";
import type { AttackOrder, AttackReport } from "./slow-clients/attack.ts";
import {
  type Access,
  createKey,
  fetchKeys,
  quantile,
  type Times,
} from "./slow-clients/good-client.ts";
import { rssKiBOf, socketsAt } from "./slow-clients/process-size.ts";

const quietMs = Number(process.env["AKM_QUIET_MS"] ?? 10_000);
const attackMs = Number(process.env["AKM_ATTACK_MS"] ?? 10_000);
const attacks = [
  { name: "F1", kind: "handshake", attackers: 500, goneMs: 6_000 },
  // Who reads nothing goes ten seconds after the buffers between the two are full.
  { name: "F2", kind: "request", attackers: 200, goneMs: 15_000 },
] as const;
const slowerMost = 3;
const rssMiBMost = 256;

const folder = mkdtempSync(join(tmpdir(), "akm slow "));
const faults: string[] = [];
try {
  await drill(join(folder, "data"));
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
for (const fault of faults) console.log(`failed ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;

async function drill(data: string): Promise<void> {
  await runAkm(["init", "--data", data]);
  const server = await serveAkm(data);
  try {
    const port = Number(server.kmip.split(":")[1]);
    const access = { port, ...(await issue(data, "alice")) };
    const id = await createKey(access);
    await underAttack({ data, access, id, pid: server.child.pid as number });
  } finally {
    const { stderr } = await server.stop();
    for (const [event, count] of eventsOf(stderr)) tell(`log.${event}`, `${count} lines`);
  }
}

interface Scene {
  readonly data: string;
  readonly access: Access;
  readonly id: string;
  readonly pid: number;
}

/** What was seen of client and server in one phase. */
interface Phase {
  readonly name: string;
  readonly times: Times;
  /** The most. */
  readonly rssKiB: number;
}

async function underAttack(scene: Scene): Promise<void> {
  const target = await targetOf(scene);
  await phase("warm", scene, after(quietMs));
  const calm = await phase("quiet", scene, after(quietMs));
  const hot: Phase[] = [];
  for (const attack of attacks) hot.push(await attackPhase(attack, scene, { target, calm }));
  const again = await phase("quiet", scene, after(quietMs));
  const left = await connectionsLeft(scene);
  tell("connections", `${left} left`);
  if (left > 0) faults.push(`${left} connections are left open`);
  for (const way of ["held", "fresh"] as const) compare(way, [calm, again], hot);
}

async function targetOf({ data, access }: Scene): Promise<AttackOrder["target"]> {
  const theirs = { ...access, ...(await issue(data, "mallory")) };
  const uniqueIdentifier = text("UniqueIdentifier", await createKey(theirs));
  const largeRequest = message(1, [item("GetAttributes", [uniqueIdentifier])]);
  return { ...theirs, largeRequest };
}

async function phase(name: string, scene: Scene, isOver: () => boolean): Promise<Phase> {
  let rssKiB = 0;
  const times = await fetchKeys(scene.access, scene.id, () => {
    rssKiB = Math.max(rssKiB, rssKiBOf(scene.pid));
    return isOver();
  });
  return { name, times, rssKiB };
}

/** The well-behaved client's times while an attack lasts, until the last attacker is gone. */
async function attackPhase(
  { name, goneMs, ...order }: (typeof attacks)[number],
  scene: Scene,
  { target, calm }: { target: AttackOrder["target"]; calm: Phase },
): Promise<Phase> {
  const workerData: AttackOrder = { ...order, forMs: attackMs, target };
  const worker = new Worker(new URL("./slow-clients/attack.ts", import.meta.url), { workerData });
  let report: AttackReport | undefined;
  worker.once("message", (message: AttackReport) => {
    report = message;
  });
  const hot = await phase(name, scene, () => report !== undefined);
  await worker.terminate();
  const { connections = 0, longestMs = 0 } = report ?? {};
  const rssMiB = Math.round((hot.rssKiB - calm.rssKiB) / 1024);
  tell(`${name}.attackers`, `${order.attackers} at a time, ${connections} connections`);
  tell(`${name}.longest`, `${Math.round(longestMs)} ms`);
  tell(`${name}.rss`, `${rssMiB} MiB more than before`);
  if (longestMs > goneMs) faults.push(`${name}: an attacker stayed ${Math.round(longestMs)} ms`);
  if (rssMiB > rssMiBMost) faults.push(`${name}: ${rssMiB} MiB more than before`);
  return hot;
}

/** The connections that the server still has a minute later, as far as it has any. */
async function connectionsLeft({ pid, access }: Scene): Promise<number> {
  const isLate = after(60_000);
  const count = () => socketsAt(pid, access.port) - 1;
  while (count() > 0 && !isLate()) await delay(100);
  return count();
}

function compare(way: keyof Times, quiet: readonly Phase[], hot: readonly Phase[]): void {
  const calm = quiet.flatMap(({ times }) => times[way]);
  tell(`${way}.quiet`, line(calm));
  for (const { name, times } of hot) {
    const slower = quantile(times[way], 0.99) / quantile(calm, 0.99);
    tell(`${way}.${name}`, `${line(times[way])}, p99 ${slower.toFixed(2)} × quiet`);
    if (slower > slowerMost)
      faults.push(`${way}: p99 under ${name} is ${slower.toFixed(2)} × quiet`);
  }
}

function line(times: readonly number[]): string {
  const [p50, p99] = [0.5, 0.99].map((share) => quantile(times, share).toFixed(2));
  return `p50 ${p50} ms, p99 ${p99} ms, ${times.length} requests`;
}

/** How often each kind of warning and error stands in the log. */
function eventsOf(log: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of log.split("\n").filter((text) => text.startsWith("{"))) {
    const { level, event, reason } = JSON.parse(text);
    if (level !== "warn" && level !== "error") continue;
    const name = [event, reason].filter(Boolean).join(".");
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function tell(name: string, value: string): void {
  console.log(`${name} ${value}`);
}

function after(ms: number): () => boolean {
  const end = performance.now() + ms;
  return () => performance.now() > end;
}

async function issue(data: string, user: string): Promise<Omit<Access, "port">> {
  const out = join(folder, user);
  const { code, stderr } = await runAkm([
    "cert",
    "issue",
    "--data",
    data,
    "--cn",
    user,
    "--out",
    out,
  ]);
  if (code !== 0) throw new Error(`no certificate for ${user}: ${stderr}`);
  const read = (name: string) => readFileSync(join(out, name), "utf8");
  return { ca: read("ca.pem"), cert: read("cert.pem"), key: read("key.pem") };
}
