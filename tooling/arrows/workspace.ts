import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type PackageRule, readList } from "./list.ts";
import { readSources, type Source } from "./sources.ts";

/** A package as it stands in the checkout, beside what the list says of it. */
export interface Package {
  readonly rule: PackageRule;
  /** Text of package.json. */
  readonly manifest: string;
  /** Text of tsconfig.json. */
  readonly tsconfig: string;
  readonly src: readonly Source[];
  readonly test: readonly Source[];
}

/** Reads every package of the list. @throws where one has no package.json or no tsconfig.json. */
export function readWorkspace(root: string): Package[] {
  return readList(root).packages.map((rule) => ({
    rule,
    manifest: readFileSync(join(root, rule.folder, "package.json"), "utf8"),
    tsconfig: readFileSync(join(root, rule.folder, "tsconfig.json"), "utf8"),
    src: readSources(root, `${rule.folder}/src`),
    test: readSources(root, `${rule.folder}/test`),
  }));
}

/** Folders of packages and apps that the list does not name. */
export function unlistedFolders(root: string): string[] {
  const listed = readList(root).packages.map(({ folder }) => folder);
  return ["packages", "apps"]
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((path) => existsSync(join(root, path, "package.json")) && !listed.includes(path));
}

/** A file's path from its package's `src`, without its ending, as the list names places. */
export function placeOf({ rule }: Package, path: string): string {
  return path.slice(`${rule.folder}/src/`.length).replace(/\.\w+$/, "");
}

/** The path from the root that a relative import means, or `undefined` for any other one. */
export function target(path: string, specifier: string | undefined): string | undefined {
  if (!specifier?.startsWith(".")) return undefined;
  return join(path, "..", specifier).replaceAll("\\", "/");
}
