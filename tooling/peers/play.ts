import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunningAkm } from "./akm.ts";
import type { Peer, Place } from "./peer.ts";
import { fetching, output, works } from "./run.ts";

/** How it went with one client. */
export interface Outcome {
  readonly failed: boolean;
  readonly text: string;
}

/** Plays one client, in each of its versions, and destroys nothing of others: it leaves no key behind. */
export async function play(peer: Peer, akm: RunningAkm, work: string): Promise<Outcome> {
  const folder = fileURLToPath(new URL(peer.name, import.meta.url));
  mkdirSync(work);
  const place: Place = { folder, work };
  const { needs, env } = peer.language.kit(place);
  if (!(await works(needs, { cwd: folder, env }))) {
    return { failed: false, text: `skipped, ${peer.language.missing}` };
  }
  try {
    return { failed: false, text: await playAll(peer, akm, place) };
  } catch (error) {
    return { failed: true, text: `FAILED, ${(error as Error).message}` };
  }
}

async function playAll(peer: Peer, akm: RunningAkm, place: Place): Promise<string> {
  const { prepare, run, env } = peer.language.kit(place);
  const options = { cwd: place.folder, env };
  for (const line of prepare) await fetching(line, options);
  const certificates = join(place.work, "certificates");
  await akm.issue(peer.name, certificates);
  for (const version of peer.versions) {
    const before = await akm.names();
    const printed = await output([...run, "127.0.0.1", akm.port, certificates, version], options);
    compare(printed, peer.steps, version);
    const left = (await akm.names()).filter((name) => !before.includes(name));
    if (left.length > 0) throw new Error(`version ${version} left ${left.join(", ")}`);
  }
  return `${peer.client}, ${peer.versions.join(" ")}: ${peer.steps.length} steps each`;
}

function compare(printed: string, steps: readonly string[], version: string): void {
  const lines = printed.trim().split("\n");
  const got = lines.join(", ");
  const wanted = steps.join(", ");
  if (got !== wanted) throw new Error(`version ${version} printed ${got}; not ${wanted}`);
}
