// Takes the README's first five minutes as they stand there: in a fresh clone, with an empty HOME, with the system's
// programs alone on PATH. The first block of the section is the server's terminal, the others are the second one's.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "akm-tour-"));
const checkout = join(folder, "akm");
const home = join(folder, "home");
const env = { PATH: "/usr/local/bin:/usr/bin:/bin", HOME: home, LANG: "C.UTF-8" };

try {
  mkdirSync(home);
  execFileSync("git", ["clone", "--quiet", "--depth", "1", `file://${root}`, checkout]);
  const [serve = "", ...steps] = blocksOf(readFileSync(join(checkout, "README.md"), "utf8"));
  await whileServing("tour.ready-fresh", serve, () => inShell(steps.join("")));
  await whileServing("tour.ready-again", serve, () => {});
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** The shell blocks of the tour. */
function blocksOf(readme: string): readonly string[] {
  const [, section = ""] = /^## The first five minutes\n(.*?)^## /ms.exec(readme) ?? [];
  const blocks = [...section.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = ""]) => block);
  if (blocks.length < 2) throw new Error("README.md has no tour of two blocks or more");
  return blocks;
}

/** Serves as in a terminal of its own, prints how long it took to be ready, and ends it by Ctrl-C after the act. */
async function whileServing(figure: string, block: string, act: () => void): Promise<void> {
  const begun = performance.now();
  const child = spawn("bash", ["-c", block], {
    cwd: checkout,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const toGroup = (signal: NodeJS.Signals) => process.kill(-Number(child.pid), signal);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      console.log(line);
      if (line.startsWith("ready ")) break;
    }
    console.log(`${figure} ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    act();
  } finally {
    if (child.exitCode === null) toGroup("SIGINT");
  }
  const [code] = await ended;
  if (code !== 0) throw new Error(`the server ended with code ${code}`);
}

/** Runs lines as they are typed, and stops at the first one that fails. */
function inShell(lines: string): void {
  const begun = performance.now();
  execFileSync("bash", ["-eu", "-o", "pipefail"], {
    cwd: checkout,
    env,
    input: lines,
    stdio: ["pipe", "inherit", "inherit"],
  });
  console.log(`tour.steps ${((performance.now() - begun) / 1000).toFixed(1)} s`);
}
