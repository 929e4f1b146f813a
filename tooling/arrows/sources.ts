import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { type Import, importsOf } from "./imports.ts";
import { scan, type Token } from "./scan.ts";

/** A source file of the workspace, read and cut into tokens. */
export interface Source {
  /** From the root, with slashes. */
  readonly path: string;
  readonly tokens: readonly Token[];
  readonly imports: readonly Import[];
}

/** All source files (TypeScript, plain JavaScript modules) under a folder of the checkout, in the order of their paths; none where it is missing. */
export function readSources(root: string, folder: string): Source[] {
  const top = join(root, folder);
  if (!existsSync(top)) return [];
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
    .filter((path) => !path.includes("/node_modules/"))
    .sort()
    .map((path) => {
      const tokens = scan(readFileSync(join(root, path), "utf8"));
      return { path, tokens, imports: importsOf(tokens) };
    });
}
