import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Published } from "./published.ts";
import { output } from "./run.ts";

const pnpm = fileURLToPath(new URL("../../node_modules/.bin/pnpm", import.meta.url));

/** A package and its tarball. */
export interface Packed extends Published {
  /** Its path. */
  readonly tarball: string;
}

/** Packs a package as it is published; it must have been built. */
export function pack(published: Published, destination: string): Packed {
  const args = ["pack", "--json", "--pack-destination", destination];
  const { filename } = JSON.parse(output(pnpm, args, published.folder)) as { filename: string };
  return { ...published, tarball: join(destination, filename.split("/").at(-1) ?? "") };
}
