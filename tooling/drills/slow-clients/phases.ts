import { Worker } from "node:worker_threads";
import type { AttackOrder, AttackReport } from "./attack.ts";
import { type Access, fetchKeys, type Times } from "./good-client.ts";
import { rssKiBOf } from "./process-size.ts";

/** The server, and the well-behaved client that is measured. */
export interface Scene {
  /** Of the server's process. */
  readonly pid: number;
  readonly access: Access;
  /** The client's key. */
  readonly id: string;
}

/** What was seen of client and server for a while. */
export interface Phase {
  readonly times: Times;
  /** The most memory that the server had. */
  readonly rssKiB: number;
}

/** Looks on until `isOver`. */
export async function watch({ pid, access, id }: Scene, isOver: () => boolean): Promise<Phase> {
  let rssKiB = 0;
  const times = await fetchKeys(access, id, () => {
    rssKiB = Math.max(rssKiB, rssKiBOf(pid));
    return isOver();
  });
  return { times, rssKiB };
}

/** Looks on while an attack lasts, until the last attacker is gone. */
export async function watchAttack(
  scene: Scene,
  workerData: AttackOrder,
): Promise<Phase & AttackReport> {
  const worker = new Worker(new URL("./attack.ts", import.meta.url), { workerData });
  const reports: AttackReport[] = [];
  worker.once("message", (report: AttackReport) => reports.push(report));
  const phase = await watch(scene, () => reports.length > 0);
  await worker.terminate();
  return { ...phase, ...(reports[0] as AttackReport) };
}
