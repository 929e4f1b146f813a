import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A package that is published. */
export interface Published {
  readonly name: string;
  readonly folder: string;
  /** What can be imported of it: `@akm/ttlv`, `@akm/ttlv/testing`. */
  readonly entries: readonly string[];
  /** The oldest Node that it says it runs on: `20.0.0`. */
  readonly oldestNode: string;
}

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly engines?: { readonly node?: string };
}

/** Every package of the checkout that is not private. */
export function readPublished(root: string): readonly Published[] {
  return ["packages", "apps"].flatMap((place) =>
    readdirSync(join(root, place)).flatMap((entry) => publishedIn(join(root, place, entry))),
  );
}

function publishedIn(folder: string): readonly Published[] {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  if (manifest.private) return [];
  const { name } = manifest;
  return [{ name, folder, entries: entriesOf(manifest), oldestNode: oldestNodeOf(manifest) }];
}

/** Of `>=20` that is 20.0.0. @throws Error where `engines` says anything but that form */
function oldestNodeOf({ name, engines }: Manifest): string {
  const [, major, minor = "0", patch = "0"] =
    /^>=(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(engines?.node ?? "") ?? [];
  if (major === undefined) throw new Error(`${name} does not say from which Node on it runs`);
  return `${major}.${minor}.${patch}`;
}

function entriesOf({ name, exports = {} }: Manifest): readonly string[] {
  return Object.keys(exports)
    .filter((key) => !key.endsWith(".json"))
    .map((key) => name + key.slice(1));
}
