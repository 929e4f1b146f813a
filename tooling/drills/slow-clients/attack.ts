import { parentPort, workerData } from "node:worker_threads";
import {
  type Attack,
  begin,
  handshakeAttacks,
  requestAttacks,
  type Target,
} from "../../../packages/kmip-server/test/slow/attackers.ts";

/** What a worker is to do. */
export interface AttackOrder {
  readonly kind: "handshake" | "request";
  /** Attackers at a time; one that is sent away comes again until the time is over. */
  readonly attackers: number;
  readonly forMs: number;
  readonly target: Omit<Target, "localAddress">;
}

/** What came of it. */
export interface AttackReport {
  readonly connections: number;
  /** The longest that the server bore one of them. */
  readonly longestMs: number;
}

/** How long one that was sent away stays away: many handshakes would be a flood, and slow clients are meant. */
const awayMs = 2_000;
/** In which time all of them come for the first time. */
const comingMs = 4_000;

const { neverReads, ...cheap } = requestAttacks;

// A worker of its own, so that the well-behaved client is not slowed down by the attackers' side.
if (parentPort !== null) parentPort.postMessage(await run(workerData as AttackOrder));

async function run({ kind, attackers, forMs, target }: AttackOrder): Promise<AttackReport> {
  const end = performance.now() + forMs;
  let connections = 0;
  let longestMs = 0;

  async function keepAt(number: number): Promise<void> {
    // Each from one of fifty addresses of its own, none of them that of the well-behaved client.
    const from = { ...target, localAddress: `127.0.0.${2 + (number % 50)}` };
    const attack = attackOf(kind, number);
    await delay((number * comingMs) / attackers);
    while (performance.now() < end) {
      const begun = performance.now();
      connections += 1;
      await begin(attack, from).gone;
      longestMs = Math.max(longestMs, performance.now() - begun);
      await delay(awayMs);
    }
  }

  await Promise.all(Array.from({ length: attackers }, (_, number) => keepAt(number)));
  return { connections, longestMs };
}

/** One in ten never reads: each of them has the server fill megabytes of buffers, which is work and not slowness. */
function attackOf(kind: AttackOrder["kind"], number: number): Attack {
  const attacks: readonly Attack[] = Object.values(kind === "handshake" ? handshakeAttacks : cheap);
  const fillsBuffers = kind === "request" && number % 10 === 0;
  return fillsBuffers ? neverReads : (attacks[number % attacks.length] as Attack);
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
