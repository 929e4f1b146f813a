import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAkm } from "./akm.ts";
import { play } from "./play.ts";
import { peersNamed } from "./table.ts";

/**
 * Plays other people's KMIP clients, all or those named, one after the other, with an akm of their own on loopback. Prints
 * a line for each; gives how many failed.
 *
 * @throws Error for a name that no client has
 */
export async function playPeers(names: readonly string[]): Promise<number> {
  const peers = peersNamed(names);
  const folder = mkdtempSync(join(tmpdir(), "akm-peers-"));
  const akm = await startAkm(folder);
  let failed = 0;
  try {
    for (const peer of peers) {
      const outcome = await play(peer, akm, join(folder, peer.name));
      console.log(`${peer.name}: ${outcome.text}`);
      if (outcome.failed) failed += 1;
    }
  } finally {
    await akm.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  return failed;
}
