// `pnpm packed`: packs every package that is published, installs the tarballs in an empty folder with npm, and uses
// them from there: every entry is imported, a consumer is type-checked and run. Needs a build, and the registry.
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Published, readPublished } from "./published.ts";
import { output, say } from "./run.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const consumer = fileURLToPath(new URL("consumer/use.ts", import.meta.url));
const tsc = join(root, "node_modules", ".bin", "tsc");
const pnpm = join(root, "node_modules", ".bin", "pnpm");

const folder = mkdtempSync(join(tmpdir(), "akm-packed-"));
try {
  const published = readPublished(root);
  install(published.map((each) => ({ ...each, tarball: pack(each) })));
  importEntries(published);
  typeCheck();
  say("consumer", output(process.execPath, ["use.ts"], folder).trim());
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function pack({ name, folder: source }: Published): string {
  const args = ["pack", "--json", "--pack-destination", folder];
  const { filename } = JSON.parse(output(pnpm, args, source)) as { filename: string };
  say("packed", `${name} ${filename}`);
  return filename;
}

function install(packed: readonly (Published & { readonly tarball: string })[]): void {
  const dependencies = Object.fromEntries(
    packed.map(({ name, tarball }) => [name, `file:${tarball}`]),
  );
  // Beside them only what the types of Node and the entries for tests ask for.
  const devDependencies = { "@types/node": "^24.0.0", "fast-check": "^4.0.0" };
  const manifest = {
    name: "consumer",
    private: true,
    type: "module",
    dependencies,
    devDependencies,
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  const flags = ["--no-audit", "--no-fund", "--omit=optional", "--loglevel=error"];
  say("installed", output("npm", ["install", ...flags], folder).trim());
}

function importEntries(published: readonly Published[]): void {
  const entries = published.flatMap((each) => each.entries);
  const program = entries.map((entry) => `await import(${JSON.stringify(entry)});`).join("\n");
  output(process.execPath, ["--input-type=module", "--eval", program], folder);
  say("imported", entries.join(" "));
}

function typeCheck(): void {
  copyFileSync(consumer, join(folder, "use.ts"));
  const compilerOptions = {
    target: "es2024",
    module: "nodenext",
    strict: true,
    noEmit: true,
    types: ["node"],
  };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions, files: ["use.ts"] }),
  );
  output(tsc, ["-p", "."], folder);
  say("type-checked", "use.ts, with the declarations that it uses");
}
