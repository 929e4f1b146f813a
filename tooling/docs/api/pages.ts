import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "../pages.ts";
import { exportsOf } from "./exports.ts";
import { apiPage } from "./page.ts";

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
}

/**
 * A page for each package under `packages/` of this folder, from the declaration files that `tsc -b` has written.
 *
 * @throws Error where one is not built
 */
export function apiPages(root: URL): readonly Page[] {
  const packages = new URL("packages/", root);
  return readdirSync(packages).map((folder) => {
    const { file, text } = packagePage(folder, new URL(`${folder}/`, packages));
    return { file, text: formatted(root, { file, text }) };
  });
}

/** The page as the formatter of the sources has it, code included. */
function formatted(root: URL, { file, text }: Page): string {
  const biome = fileURLToPath(new URL("node_modules/.bin/biome", root));
  const options = { input: text, encoding: "utf8", cwd: fileURLToPath(root) } as const;
  return execFileSync(biome, ["format", `--stdin-file-path=docs/${file}`], options);
}

function packagePage(folder: string, at: URL): Page {
  const { name, exports } = JSON.parse(
    readFileSync(new URL("package.json", at), "utf8"),
  ) as Manifest;
  const read = (path: string) => readFileSync(new URL(path, at), "utf8");
  const entryPoints = Object.entries(exports).flatMap(([door, target]) =>
    typeof target === "string"
      ? []
      : [{ specifier: name + door.slice(1), exported: exportsOf(target.types, read) }],
  );
  return { file: `api/${folder}.md`, text: apiPage(name, entryPoints) };
}
