#!/usr/bin/env node
// `npm start` and `npm test` (or `pnpm start` and `pnpm test`) on a bare checkout.
// Needs only Node >= 18 with npm: brings the pinned pnpm, which installs what the
// lockfile names, the Node that everything runs on included; then does the task.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const windows = process.platform === "win32";
const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1" };
env.PATH = `${join(root, "node_modules", ".bin")}${windows ? ";" : ":"}${process.env.PATH ?? ""}`;
// npm hands its own settings down as variables; pnpm has no use for them.
for (const name of Object.keys(env)) if (/^npm_(package|lifecycle)_/i.test(name)) delete env[name];

/** Runs a command in the root to its end; ends this process where it fails. */
async function must(command, ...args) {
  const child = spawn(command, args, { cwd: root, env, stdio: "inherit", shell: windows });
  // Ctrl-C reaches the child by itself; a signal sent to this process alone does not,
  // and a SIGTERM for npm ends only the shell between npm and this process.
  const stop = () => child.kill("SIGTERM");
  process.on("SIGTERM", stop).on("SIGINT", () => {});
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid !== parent && stop(), 250);
  const code = await new Promise((ended) => {
    child.on("error", (error) => ended(console.error(`${command}: ${error.message}`) ?? 1));
    child.on("exit", (status, signal) => ended(status ?? (signal === "SIGTERM" ? 0 : 1)));
  });
  clearInterval(watch);
  process.removeAllListeners("SIGTERM").removeAllListeners("SIGINT");
  if (code !== 0) process.exit(code);
}

function text(...path) {
  const file = join(root, ...path);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

const [task = "test", ...rest] = process.argv.slice(2);
// pnpm keeps a copy of the lockfile that it installed from.
if (text("pnpm-lock.yaml") !== text("node_modules", ".pnpm", "lock.yaml")) {
  const { packageManager } = JSON.parse(text("package.json"));
  await must("npx", "--yes", packageManager, "install", "--frozen-lockfile");
}
if (task === "start") {
  await must("turbo", "run", "build", "--filter=@akm/akm...", "--output-logs=errors-only");
  await must("node", "apps/akm/dist/main.js", "serve", ...rest);
} else {
  await must("turbo", "run", task, ...rest);
}
