// Slow and half-open clients against a real `akm serve`, F1 and F2 of reliability, while a well-behaved client is
// measured before, under attack, and after: its p99 must stay within three times that of the quiet.
import { setTimeout as delay } from "node:timers/promises";
import { item, message, text } from "../../packages/kmip-server/test/support/wire.ts";
import type { AttackOrder } from "./slow-clients/attack.ts";
import { type Access, createKey, quantile, type Times } from "./slow-clients/good-client.ts";
import { type Phase, type Scene, watch, watchAttack } from "./slow-clients/phases.ts";
import { socketsAt } from "./slow-clients/process-size.ts";
import { type Served, withServer } from "./slow-clients/served.ts";

const quietMs = Number(process.env["AKM_QUIET_MS"] ?? 10_000);
const forMs = Number(process.env["AKM_ATTACK_MS"] ?? 10_000);
const attacks = [
  { name: "F1", kind: "handshake", attackers: 500, goneMs: 6_000 },
  // Who reads nothing goes ten seconds after the buffers between the two are full.
  { name: "F2", kind: "request", attackers: 200, goneMs: 15_000 },
] as const;
const slowerMost = 3;
const rssMiBMost = 256;

/** What did not hold. */
const faults: string[] = [];

tellEvents(await withServer(drill));
for (const fault of faults) console.log(`failed ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;

async function drill({ pid, access }: Served): Promise<void> {
  const alice = await access("alice");
  const scene = { pid, access: alice, id: await createKey(alice) };
  const target = await targetOf(await access("mallory"));
  await watch(scene, after(quietMs));

  const calm = await watch(scene, after(quietMs));
  const hot = new Map<string, Phase>();
  for (const { name, goneMs, ...order } of attacks) {
    const seen = await watchAttack(scene, { ...order, forMs, target });
    const rssMiB = Math.round((seen.rssKiB - calm.rssKiB) / 1024);
    const longestMs = Math.round(seen.longestMs);
    tell(`${name}.attackers`, `${order.attackers} at a time, ${seen.connections} connections`);
    tell(`${name}.longest`, `${longestMs} ms`);
    tell(`${name}.rss`, `${rssMiB} MiB more than before`);
    if (longestMs > goneMs) faults.push(`${name}: an attacker stayed ${longestMs} ms`);
    if (rssMiB > rssMiBMost) faults.push(`${name}: ${rssMiB} MiB more than before`);
    hot.set(name, seen);
  }
  const again = await watch(scene, after(quietMs));

  const left = await connectionsLeft(scene);
  tell("connections", `${left} left`);
  if (left > 0) faults.push(`${left} connections are left open`);
  for (const way of ["held", "fresh"] as const) compare(way, [calm, again], hot);
}

/** What attackers with this access need, a key of which all attributes together are large among it. */
async function targetOf(access: Access): Promise<AttackOrder["target"]> {
  const uniqueIdentifier = text("UniqueIdentifier", await createKey(access));
  return { ...access, largeRequest: message(1, [item("GetAttributes", [uniqueIdentifier])]) };
}

/** The connections that the server still has a minute later, as far as it has any. */
async function connectionsLeft({ pid, access }: Scene): Promise<number> {
  const isLate = after(60_000);
  const count = () => socketsAt(pid, access.port) - 1;
  while (count() > 0 && !isLate()) await delay(100);
  return count();
}

function compare(way: keyof Times, quiet: readonly Phase[], hot: ReadonlyMap<string, Phase>): void {
  const calm = quiet.flatMap(({ times }) => times[way]);
  tell(`${way}.quiet`, line(calm));
  for (const [name, { times }] of hot) {
    const slower = (quantile(times[way], 0.99) / quantile(calm, 0.99)).toFixed(2);
    tell(`${way}.${name}`, `${line(times[way])}, p99 ${slower} × quiet`);
    if (Number(slower) > slowerMost) faults.push(`${way}: p99 under ${name} is ${slower} × quiet`);
  }
}

function line(times: readonly number[]): string {
  const [p50, p99] = [0.5, 0.99].map((share) => quantile(times, share).toFixed(2));
  return `p50 ${p50} ms, p99 ${p99} ms, ${times.length} requests`;
}

/** Tells how often each kind of warning and error stands in a log. */
function tellEvents(log: string): void {
  const counts = new Map<string, number>();
  for (const row of log.split("\n").filter((one) => one.startsWith("{"))) {
    const { level, event, reason } = JSON.parse(row);
    if (level !== "warn" && level !== "error") continue;
    const name = [event, reason].filter(Boolean).join(".");
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const [name, count] of counts) tell(`log.${name}`, `${count} lines`);
}

function tell(name: string, value: string): void {
  console.log(`${name} ${value}`);
}

function after(ms: number): () => boolean {
  const end = performance.now() + ms;
  return () => performance.now() > end;
}
