import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Places in a package's `src`: folders, or files without their ending; `*` is all of it.
 * So `{ "node:tls": ["transport"] }` lets `src/transport.ts` and all files of `src/transport/` import `node:tls`.
 */
export type Places = readonly string[];

/** What one package may import; every key but the first three may be left out, and then means: nothing. */
export interface PackageRule {
  /** From the root; the last part is the package's name behind `@akm/`. */
  readonly folder: string;
  /** A few words for the diagram. */
  readonly does: string;
  /** Ends every fault of the package: why the list says so. */
  readonly because: string;
  /** Names of workspace packages, without `@akm/`. */
  readonly packages?: readonly string[];
  /** Libraries by where in `src` they may be imported; a `*` at the end of a name stands for any rest. */
  readonly libraries?: Readonly<Record<string, Places>>;
  /** Modules of Node, `node:` included, likewise. */
  readonly node?: Readonly<Record<string, Places>>;
  /** Where `import()` of a name made at run time is allowed. */
  readonly computed?: Places;
  /** Global names that may not be used in `src`, dotted where only one member is meant. */
  readonly never?: readonly string[];
  /** Places from top to bottom: each imports its own floor and those below. A place without a floor is free. */
  readonly floors?: readonly Places[];
  /** Folders whose direct children do not import each other; only their `index.ts` sees them all. */
  readonly apart?: readonly string[];
}

/** The one list of arrows, `arrows.json`. */
export interface ArrowList {
  readonly packages: readonly PackageRule[];
}

/** Reads `tooling/arrows/arrows.json` of the checkout at `root`. */
export function readList(root: string): ArrowList {
  return JSON.parse(readFileSync(join(root, "tooling", "arrows", "arrows.json"), "utf8"));
}

/** The name of a package as its folder says it: `ttlv` for `packages/ttlv`. */
export function shortName(rule: PackageRule): string {
  return rule.folder.slice(rule.folder.lastIndexOf("/") + 1);
}

/** Whether a file (from `src`, without its ending) stands in one of the places. */
export function isIn(places: Places, file: string): boolean {
  return places.some((place) => place === "*" || file === place || file.startsWith(`${place}/`));
}

/** The places that a table of names gives to one name; the name itself stands before a pattern with `*`. */
export function placesOf(
  table: Readonly<Record<string, Places>> | undefined,
  name: string,
): Places | undefined {
  const pattern = Object.keys(table ?? {}).find(
    (key) => key.endsWith("*") && name.startsWith(key.slice(0, -1)),
  );
  return table?.[name] ?? table?.[pattern ?? ""];
}
