// `pnpm packed`: packs every package that is published, installs the tarballs in an empty folder with npm, and uses
// them from there: each has its licence, every entry is imported on the oldest Node that its package names, consumers
// are type-checked and run, one of them against the installed server, one with servers of its own. Then the server
// alone, in another empty folder. Needs a build, and the registry.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packAlone } from "./alone.ts";
import { importOnOldest } from "./oldest-node.ts";
import { type Packed, pack } from "./pack.ts";
import { type Published, readPublished } from "./published.ts";
import { output, say } from "./run.ts";
import { type Call, serve } from "./serve.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const consumers = ["use.ts", "ask.ts", "server.test.ts"];
const tsc = join(root, "node_modules", ".bin", "tsc");
const npmFlags = ["--no-audit", "--no-fund", "--loglevel=error"];

const base = mkdtempSync(join(tmpdir(), "akm-packed-"));
const folder = newFolder("consumer");
try {
  const published = readPublished(root);
  install(published.map((each) => pack(each, folder)));
  for (const { name } of published) requireTexts(name);
  importOnOldest(published, folder);
  typeCheck();
  say("use.ts", output(process.execPath, ["use.ts"], folder).trim());
  const akm = { program: join(folder, "node_modules", ".bin", "akm"), args: [], folder };
  say("ask.ts", await askServer(akm));
  output(process.execPath, ["--test", "server.test.ts"], folder);
  say("server.test.ts", "passed");
  say("npx akm", await askServer(installAlone(published)));
} finally {
  rmSync(base, { recursive: true, force: true });
}

function newFolder(name: string): string {
  const made = join(base, name);
  mkdirSync(made);
  return made;
}

function install(packed: readonly Packed[]): void {
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
  say("installed", output("npm", ["install", ...npmFlags], folder).trim());
}

/** What whoever gets a package alone must find in it. */
function requireTexts(name: string): void {
  for (const file of ["LICENSE", "README.md"]) {
    const isThere = existsSync(join(folder, "node_modules", name, file));
    if (!isThere) throw new Error(`${name} is packed without ${file}`);
  }
}

function typeCheck(): void {
  for (const file of consumers) {
    copyFileSync(fileURLToPath(new URL(`consumer/${file}`, import.meta.url)), join(folder, file));
  }
  const compilerOptions = {
    target: "es2024",
    lib: ["es2024", "esnext.disposable"],
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

/** Installs the server from its one tarball in a folder with nothing else, and without any package's scripts. */
function installAlone(published: readonly Published[]): Call {
  const alone = newFolder("alone");
  const work = newFolder("work");
  const tarball = packAlone({ name: "@akm/akm", published, work, destination: work });
  output("npm", ["install", "--ignore-scripts", ...npmFlags, tarball], alone);
  return { program: "npx", args: ["--no", "akm"], folder: alone };
}

/** Has a client keep a key in the akm that is called so. */
async function askServer(akm: Call): Promise<string> {
  const data = join(akm.folder, "data");
  const server = await serve(akm, data);
  try {
    const client = join(akm.folder, "client");
    mkdirSync(client);
    const issue = ["cert", "issue", "--data", data, "--cn", "packed", "--out", client];
    output(akm.program, [...akm.args, ...issue], akm.folder);
    return output(process.execPath, ["ask.ts", server.port, client], folder).trim();
  } finally {
    await server.stop();
  }
}
