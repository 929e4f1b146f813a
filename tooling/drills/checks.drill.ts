// Plants, in a checkout apart, a fault for each check of `.ci/run`, one at a time: a check that lets its fault pass
// fails the drill, and so does one that fails without a fault. AKM_CHECKS names the checks to take, instead of all.
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A fault, the file in which it is planted, and the words in which the check is to speak of it. */
interface Canary {
  readonly check: string;
  readonly fault: string;
  readonly file: string;
  /** Of the file's text, empty where there is no such file. */
  readonly plant: (text: string) => string;
  readonly says: RegExp;
}

const canaries: readonly Canary[] = [
  {
    check: "tests",
    fault: "a test that fails",
    file: "packages/store/test/canary.test.ts",
    plant: () =>
      'import { expect, test } from "vitest";\ntest("sings", () => expect(1).toBe(2));\n',
    says: /sings[\s\S]*\d+ passed, [1-9]\d* failed/,
  },
  {
    check: "start",
    fault: "a server that ends before it is ready",
    file: "apps/akm/src/server/start-server.ts",
    plant: (text) =>
      text.replace("print(readyLine(", 'throw new Error("canary");\n  print(readyLine('),
    says: /Error: canary/,
  },
  {
    check: "lint",
    fault: "a comparison that converts",
    file: "packages/store/src/canary.ts",
    plant: () => '/** Sings. */\nexport const canary: boolean = Number("1") == 1;\n',
    says: /noDoubleEquals/,
  },
  {
    check: "typecheck",
    fault: "a type that does not fit, in a test",
    file: "packages/store/test/canary.ts",
    plant: () => "export const canary: string = 1;\n",
    says: /canary\.ts.*TS2322/,
  },
  {
    check: "arrows",
    fault: "an import that runs up",
    file: "packages/ttlv/src/canary.ts",
    plant: () => 'import type { tags } from "@akm/kmip-model";\n',
    says: /canary\.ts:1: imports @akm\/kmip-model/,
  },
  {
    check: "comments",
    fault: "an export without a comment",
    file: "packages/store/src/canary.ts",
    plant: () => "export const canary: number = 1;\n",
    says: /canary/,
  },
  {
    check: "sizes",
    fault: "a function with four parameters",
    file: "packages/store/src/canary.ts",
    plant: () =>
      "/** Sings. */\nexport const canary = (a: 1, b: 2, c: 3, d: 4): unknown => [a, b, c, d];\n",
    says: /useMaxParams/,
  },
  {
    check: "docs",
    fault: "a derived page changed by hand",
    file: "docs/attributes.md",
    plant: (text) => `${text}\nOne word more.\n`,
    says: /attributes\.md/,
  },
  {
    check: "changesets",
    fault: "a change of a package without a changeset",
    file: "packages/store/src/index.ts",
    plant: (text) => `${text}\n`,
    says: /no changesets were found/,
  },
  {
    check: "packages",
    fault: "an entry whose file is not packed",
    file: "packages/store/package.json",
    plant: (text) => text.replace('"default": "./dist/index.js"', '"default": "./dist/canary.js"'),
    says: /canary\.js.*does not exist/,
  },
  {
    check: "packages",
    fault: "an entry whose types are not packed",
    file: "packages/store/package.json",
    plant: (text) =>
      text
        .replace('      "types": "./dist/contract.d.ts",\n', "")
        .replace('"dist",', '"dist",\n    "!dist/contract.d.ts",'),
    says: /no type declarations were found/,
  },
  {
    check: "packed",
    fault: "a package that needs a newer Node than it says",
    file: "packages/store/src/index.ts",
    plant: (text) => `${text}\nPromise.withResolvers();\n`,
    says: /withResolvers is not a function/,
  },
];

const root = fileURLToPath(new URL("../..", import.meta.url));
const { AKM_CHECKS: names = "", AKM_VECTORS: vectors = join(root, "../shared/vectors") } =
  process.env;
const chosen = canaries.filter(({ check }) => names === "" || names.split(" ").includes(check));
const folder = mkdtempSync(join(tmpdir(), "akm-checks-"));
// Some tests run as another user, who has to reach it.
chmodSync(folder, 0o755);
try {
  // Its main is what is looked at, so that there is no change without a fault.
  run("git", ["clone", "--quiet", "--shared", root, folder]);
  run("git", ["checkout", "--quiet", "-B", "main"]);
  run("pnpm", ["install", "--frozen-lockfile", "--prefer-offline"]);
  for (const check of new Set(chosen.map((canary) => canary.check))) {
    const { code, said } = ask(check);
    if (code !== 0) console.log(said);
    report(check, "no fault", code === 0);
  }
  for (const canary of chosen) report(canary.check, canary.fault, isCaught(canary));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(program: string, args: readonly string[]): void {
  execFileSync(program, args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
}

/** Has `.ci/run` do one check; how it ended and all that it said. */
function ask(check: string): { code: number | null; said: string } {
  const env = { ...process.env, AKM_VECTORS: vectors };
  const { status, stdout, stderr } = spawnSync(".ci/run", [check], {
    cwd: folder,
    env,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  return { code: status, said: stdout + stderr };
}

function isCaught({ check, file, plant, says }: Canary): boolean {
  const path = join(folder, file);
  writeFileSync(path, plant(existsSync(path) ? readFileSync(path, "utf8") : ""));
  const { code, said } = ask(check);
  run("git", ["clean", "--quiet", "--force", "-d"]);
  run("git", ["checkout", "--quiet", "."]);
  const isTold = says.test(said);
  if (!isTold) console.log(said);
  return code !== 0 && isTold;
}

function report(check: string, fault: string, holds: boolean): void {
  console.log(`${check}: ${fault}: ${holds ? "as it must be" : "MISSED"}`);
  if (!holds) process.exitCode = 1;
}
