// Plants bugs in copies of the server, one at a time, and lets the reference model look for each: one that it does not
// find fails the drill. Figures: how many runs it took. AKM_MODEL_SEED repeats a drill, AKM_MODEL_RUNS is the most runs.
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** One edit of a source file; the text must stand there exactly once. */
interface Edit {
  readonly file: string;
  readonly text: string;
  readonly instead: string;
}

interface Canary {
  readonly name: string;
  readonly edits: readonly Edit[];
}

const canaries: readonly Canary[] = [
  { name: "none", edits: [] },
  {
    name: "index-reused",
    edits: [
      {
        file: "object/attribute-set.ts",
        text: "next,\n    instances: instances.filter(",
        instead: "next: index === next - 1 ? index : next,\n    instances: instances.filter(",
      },
    ],
  },
  {
    name: "name-left-on-the-old-instance",
    edits: [
      {
        file: "re-key/replacement.ts",
        text: "withoutAll(linked, attributes.name)",
        instead: "linked",
      },
    ],
  },
  {
    name: "state-by-the-local-clock",
    edits: [
      {
        file: "object/lifecycle.ts",
        text: "date !== undefined && date <= now",
        instead: "date !== undefined && date <= BigInt(Math.floor(Date.now() / 1000))",
      },
    ],
  },
  {
    name: "access-check-skipped-in-one-operation",
    edits: [
      {
        file: "message/item.ts",
        text: "contextFor(run.core, run);",
        instead: `contextFor(run.core, handler.declaration.name === "GetAttributeList"
      ? { ...run, session: { ...run.session, administrator: true } }
      : run);`,
      },
    ],
  },
  {
    name: "committed-though-the-answer-did-not-fit",
    edits: [
      {
        file: "message/attempt.ts",
        text: "fitting(answerItem(work, payload, refusal), work.run)",
        instead: "answerItem(work, payload, refusal)",
      },
      {
        file: "message/item.ts",
        text: "const end = await serve(work);",
        instead: "const end = await serve(work);\n    fitting(end.answer, run);",
      },
    ],
  },
];

const runsMax = Number(process.env["AKM_MODEL_RUNS"] ?? 2000);
const seed = Number(process.env["AKM_MODEL_SEED"] ?? 20_260_101);
const server = fileURLToPath(new URL("../../packages/kmip-server", import.meta.url));

for (const canary of canaries) {
  const folder = await mkdtemp(join(tmpdir(), "akm-canary-"));
  try {
    await judge(canary, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function judge({ name, edits }: Canary, folder: string): Promise<void> {
  await copyServer(folder);
  for (const edit of edits) await apply(edit, folder);
  const module = pathToFileURL(join(folder, "test/model/check.ts")).href;
  const { checkModel } = (await import(module)) as Model;
  const { runs, steps, difference } = await checkModel({ runs: runsMax, seed, shrink: false });
  const [found] = (difference ?? "no difference").split("\n");
  console.log(`${name}.seed ${seed}`);
  console.log(`${name}.${difference === undefined ? "passed" : "caught-after"} ${runs} runs`);
  console.log(`${name}.steps ${steps} steps\n  ${found}`);
  if ((difference === undefined) !== (edits.length === 0)) process.exitCode = 1;
}

interface Model {
  checkModel(options: { runs: number; seed: number; shrink: boolean }): Promise<{
    readonly runs: number;
    readonly steps: number;
    readonly difference?: string;
  }>;
}

/** The server's sources and tests; what it depends on stays where it is. */
async function copyServer(folder: string): Promise<void> {
  for (const part of ["package.json", "src", "test"]) {
    await cp(join(server, part), join(folder, part), { recursive: true });
  }
  await symlink(join(server, "node_modules"), join(folder, "node_modules"));
}

async function apply({ file, text, instead }: Edit, folder: string): Promise<void> {
  const path = join(folder, "src", file);
  const parts = (await readFile(path, "utf8")).split(text);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times ${text}`);
  await writeFile(path, parts.join(instead));
}
