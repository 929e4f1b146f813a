import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Packed, pack } from "./pack.ts";
import type { Published } from "./published.ts";
import { output } from "./run.ts";

type Dependencies = Readonly<Record<string, string>>;

interface Manifest {
  readonly name: string;
  readonly dependencies?: Dependencies;
  readonly optionalDependencies?: Dependencies;
}

/** What to pack, and where. */
export interface Alone {
  /** The package that shall stand alone. */
  readonly name: string;
  readonly published: readonly Published[];
  /** An empty folder to work in. */
  readonly work: string;
  readonly destination: string;
}

/**
 * Packs one package with those of the workspace inside it that it stands on: a tarball that npm installs while none
 * of them is in a registry. What they need of others becomes its own need, since npm does not look into what is bundled.
 *
 * @returns the path of the tarball
 */
export function packAlone({ name, published, work, destination }: Alone): string {
  const packed = new Map(published.map((each) => [each.name, pack(each, work)]));
  const stage = join(work, "package");
  const own = unpack(packed.get(name), stage);
  const inside = new Map<string, Manifest>();
  for (const wanted = [own]; wanted.length > 0; ) {
    for (const dependency of Object.keys(wanted.pop()?.dependencies ?? {})) {
      if (!packed.has(dependency) || inside.has(dependency)) continue;
      const place = join(stage, "node_modules", dependency);
      const manifest = unpack(packed.get(dependency), place);
      inside.set(dependency, manifest);
      wanted.push(manifest);
    }
  }
  writeFileSync(join(stage, "package.json"), JSON.stringify(joined(own, inside), null, 2));
  output("npm", ["pack", "--silent", "--pack-destination", destination], stage);
  return join(destination, basename(packed.get(name)?.tarball ?? ""));
}

/** Unpacks a tarball into a new folder, and reads its manifest. */
function unpack(packed: Packed | undefined, place: string): Manifest {
  if (packed === undefined) throw new Error("no such package is published");
  mkdirSync(place, { recursive: true });
  output("tar", ["-xzf", packed.tarball, "-C", place, "--strip-components=1"], place);
  return JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
}

/** The manifest of a package with others inside it. */
function joined(own: Manifest, inside: ReadonlyMap<string, Manifest>): object {
  const all = [own, ...inside.values()];
  return {
    ...own,
    dependencies: Object.assign({}, ...all.map(({ dependencies }) => dependencies)),
    optionalDependencies: Object.assign({}, ...all.map((each) => each.optionalDependencies)),
    bundleDependencies: [...inside.keys()],
  };
}
