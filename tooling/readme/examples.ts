import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A block of TypeScript in a README. */
export interface Example {
  readonly code: string;
  /** What its comments say that it prints, a line for each `console.log(…); // line`. */
  readonly says: readonly string[];
}

/** The examples of the README in a package's folder. */
export function readExamples(folder: string): readonly Example[] {
  const text = readFileSync(join(folder, "README.md"), "utf8");
  return [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = ""]) => ({
    code,
    says: [...code.matchAll(/console\.log\(.*\/\/ (.*)$/gm)].map(([, line = ""]) => line),
  }));
}

/** The lines that an example prints when it runs in the package's folder, from the sources. */
export function run({ code }: Example, folder: string): readonly string[] {
  const flags = ["--conditions=akm-source", "--input-type=module-typescript", "--eval", code];
  const output = execFileSync(process.execPath, flags, { cwd: folder, encoding: "utf8" });
  return output.split("\n").slice(0, -1);
}

/** What the compiler says of the examples, each a module of the package; empty where all is well. */
export function typeErrors(examples: readonly Example[], folder: string): string {
  const reports = join(folder, ".report");
  mkdirSync(reports, { recursive: true });
  // A folder of its own: the READMEs of two packages may be compiled in one of them at the same time.
  const place = mkdtempSync(join(reports, "readme-"));
  try {
    writeProject(examples, place);
    return compile(place);
  } finally {
    rmSync(place, { recursive: true });
  }
}

function writeProject(examples: readonly Example[], place: string): void {
  const files = examples.map((_, at) => `example-${at + 1}.ts`);
  for (const [at, { code }] of examples.entries()) {
    writeFileSync(join(place, files[at] as string), code);
  }
  const project = {
    extends: join(root, "tooling", "tsconfig", "test.json"),
    compilerOptions: { rootDir: root },
    include: [],
    files,
  };
  writeFileSync(join(place, "tsconfig.json"), JSON.stringify(project));
}

function compile(project: string): string {
  try {
    execFileSync(join(root, "node_modules", ".bin", "tsc"), ["-p", project], { encoding: "utf8" });
    return "";
  } catch (error) {
    const { stdout } = error as { stdout?: string };
    if (stdout) return stdout;
    throw error;
  }
}
