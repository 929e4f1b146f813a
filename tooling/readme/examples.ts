import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
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
  const place = join(folder, ".report", "readme");
  mkdirSync(place, { recursive: true });
  const files = examples.map(({ code }, at) => {
    writeFileSync(join(place, `example-${at + 1}.ts`), code);
    return `example-${at + 1}.ts`;
  });
  const project = {
    extends: join(root, "tooling", "tsconfig", "test.json"),
    compilerOptions: { rootDir: root },
    include: [],
    files,
  };
  writeFileSync(join(place, "tsconfig.json"), JSON.stringify(project));
  return compile(place);
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
