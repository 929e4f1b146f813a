// `pnpm packed`: packs every package that is published, installs the tarballs in an empty folder with npm, and uses
// them from there: every entry is imported, consumers are type-checked and run, one of them against the installed
// server. Needs a build, and the registry.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Published, readPublished } from "./published.ts";
import { output, say } from "./run.ts";
import { serve } from "./serve.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const consumers = ["use.ts", "ask.ts"];
const tsc = join(root, "node_modules", ".bin", "tsc");
const pnpm = join(root, "node_modules", ".bin", "pnpm");

const folder = mkdtempSync(join(tmpdir(), "akm-packed-"));
try {
  const published = readPublished(root);
  install(published.map((each) => ({ ...each, tarball: pack(each) })));
  importEntries(published);
  typeCheck();
  say("use.ts", output(process.execPath, ["use.ts"], folder).trim());
  say("ask.ts", await askServer());
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
  const flags = ["--no-audit", "--no-fund", "--loglevel=error"];
  say("installed", output("npm", ["install", ...flags], folder).trim());
}

function importEntries(published: readonly Published[]): void {
  const entries = published.flatMap((each) => each.entries);
  const program = entries.map((entry) => `await import(${JSON.stringify(entry)});`).join("\n");
  output(process.execPath, ["--input-type=module", "--eval", program], folder);
  say("imported", entries.join(" "));
}

function typeCheck(): void {
  for (const file of consumers) {
    copyFileSync(fileURLToPath(new URL(`consumer/${file}`, import.meta.url)), join(folder, file));
  }
  const compilerOptions = {
    target: "es2024",
    module: "nodenext",
    strict: true,
    noEmit: true,
    types: ["node"],
  };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions, files: consumers }),
  );
  output(tsc, ["-p", "."], folder);
  say("type-checked", consumers.join(" "));
}

async function askServer(): Promise<string> {
  const data = join(folder, "data");
  const server = await serve(folder, data);
  try {
    const client = join(folder, "client");
    mkdirSync(client);
    const akm = join(folder, "node_modules", ".bin", "akm");
    output(akm, ["cert", "issue", "--data", data, "--cn", "packed", "--out", client], folder);
    return output(process.execPath, ["ask.ts", server.port, client], folder).trim();
  } finally {
    await server.stop();
  }
}
