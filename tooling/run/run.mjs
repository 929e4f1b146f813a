#!/usr/bin/env node
// `npm start` and `npm test` (or `pnpm start` and `pnpm test`) on a bare checkout.
// Needs only Node >= 18 with npm, so this folder is plain JavaScript: it brings the pinned pnpm, which
// installs what the lockfile names, the Node that everything runs on included; then it does the task.
// Standard output belongs to the server or to the tests; what the way there has to say goes to standard error.
import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { addFailures, reportFiles, sumLines, sumReports } from "../report/sum.mjs";
import { runChild } from "./child.mjs";
import { isInstalled, nodeOf, nodeProblem } from "./node.mjs";
import { callerFolder, childEnv, turboTestArgs } from "./plan.mjs";
import { stopSignal } from "./stop.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const env = childEnv(process.env, root);
const stop = stopSignal(process);

/**
 * Ends this process with one line on standard error.
 *
 * @param {string} line
 * @param {number} [code]
 * @returns {never}
 */
function giveUp(line, code = 1) {
  process.stderr.write(`akm: ${line}\n`);
  process.exit(code);
}

/** Brings `node_modules` to what the lockfile names; nothing to do where it stands like that already. */
async function install() {
  const problem = nodeProblem(process, manifest);
  if (problem) giveUp(problem);
  if (!isInstalled(root)) {
    process.stderr.write(
      "akm: installing what the lockfile names (the first time: half a minute)\n",
    );
    const args = ["--yes", manifest.packageManager, "install", "--frozen-lockfile"];
    // pnpm leaves the compiler out where NODE_ENV says production.
    const code = await runChild("npx", args, {
      cwd: root,
      env: { ...env, NODE_ENV: "" },
      stop,
      quiet: true,
    });
    if (code !== 0)
      giveUp(`the install failed (npx ${args.join(" ")}); it needs the npm registry`, code);
  }
  return nodeOf(root, process) ?? giveUp("node_modules/.bin/node does not run on this system");
}

/** @param {string[]} args of `akm serve` */
async function start(args) {
  const node = await install();
  const built = await runChild("tsc", ["-b", "apps/akm"], { cwd: root, env, stop, quiet: true });
  if (built !== 0) giveUp("the build failed", built);
  const main = join(root, "apps", "akm", "dist", "main.js");
  const cwd = callerFolder(process.env, root);
  return runChild(node, [main, "serve", ...args], { cwd, env, stop });
}

/** @param {string[]} args `--only PACKAGE`, else for turbo */
async function test(args) {
  await install();
  for (const file of reportFiles(root)) rmSync(file, { force: true });
  const code = await runChild("turbo", turboTestArgs(args), { cwd: root, env, stop });
  const sum = sumReports(root);
  const outside =
    code !== 0 && sum.failed === 0 ? ["a task failed outside the tests: see above"] : [];
  process.stdout.write(`${sumLines(addFailures(sum, outside)).join("\n")}\n`);
  return code || (sum.failed > 0 ? 1 : 0);
}

const [task, ...rest] = process.argv.slice(2);
const tasks = { start, test };
const run = tasks[/** @type {keyof typeof tasks} */ (task)];
if (!run) giveUp(`no task ${task}: start or test`);
process.exit(await run(rest));
