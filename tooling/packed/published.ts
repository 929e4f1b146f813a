import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A package that is published. */
export interface Published {
  readonly name: string;
  readonly folder: string;
  /** What can be imported of it: `@akm/ttlv`, `@akm/ttlv/testing`. */
  readonly entries: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, unknown>>;
}

/** Every package of the checkout that is not private. */
export function readPublished(root: string): readonly Published[] {
  return ["packages", "apps"].flatMap((place) =>
    readdirSync(join(root, place)).flatMap((entry) => publishedIn(join(root, place, entry))),
  );
}

function publishedIn(folder: string): readonly Published[] {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  return manifest.private ? [] : [{ name: manifest.name, folder, entries: entriesOf(manifest) }];
}

function entriesOf({ name, exports = {} }: Manifest): readonly string[] {
  return Object.keys(exports)
    .filter((key) => !key.endsWith(".json"))
    .map((key) => name + key.slice(1));
}
