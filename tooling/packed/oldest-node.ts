import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Published } from "./published.ts";
import { output, say } from "./run.ts";

const reader = "read.mjs";

/**
 * Imports every entry of the packages installed in `folder` on the oldest Node that its package names, and reads a
 * message on that of the model. Linux alone has its Node in the registry.
 */
export function importOnOldest(published: readonly Published[], folder: string): void {
  const versions = new Set(published.map(({ oldestNode }) => oldestNode));
  for (const version of versions) {
    const own = published.filter(({ oldestNode }) => oldestNode === version);
    const entries = own.flatMap((each) => each.entries);
    const node = installNode(version, folder);
    const program = entries.map((entry) => `await import(${JSON.stringify(entry)});`).join("\n");
    output(node, ["--input-type=module", "--eval", program], folder);
    say(`imported on Node ${version}`, entries.join(" "));
    if (own.some(({ name }) => name === "@akm/kmip-model")) read(node, folder);
  }
}

function read(node: string, folder: string): void {
  copyFileSync(fileURLToPath(new URL(`consumer/${reader}`, import.meta.url)), join(folder, reader));
  say(reader, output(node, [reader], folder).trim());
}

/** Installs this version of Node from the registry, apart from all else in `folder`; gives its path. */
function installNode(version: string, folder: string): string {
  const prefix = join(folder, `node-${version}`);
  const name = `node-${process.platform}-${process.arch}`;
  const flags = ["--prefix", prefix, "--no-audit", "--no-fund", "--loglevel=error"];
  output("npm", ["install", ...flags, `${name}@${version}`], folder);
  return join(prefix, "node_modules", name, "bin", "node");
}
