import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** The program, from its sources. */
export const main: string = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

/** How to run akm. */
export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Another user; only root can. */
  readonly uid?: number;
  readonly nodeOptions?: readonly string[];
}

/** How a run ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An akm that runs. */
export interface RunningAkm {
  readonly child: ChildProcess;
  /** What it has written so far. */
  readonly output: { stdout: string; stderr: string };
  readonly ended: Promise<Ended>;
}

/** Starts akm from its sources; whatever happens in the test, it ends with it. */
export function startAkm(args: readonly string[], options: RunOptions = {}): RunningAkm {
  const { env = process.env, uid, nodeOptions = [] } = options;
  const child = spawn(
    process.execPath,
    [...nodeOptions, "--conditions=akm-source", main, ...args],
    {
      env: { ...env, NODE_OPTIONS: "", NODE_V8_COVERAGE: undefined },
      cwd: "/",
      ...(uid !== undefined && { uid, gid: uid }),
    },
  );
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (output.stderr += text));
  const ended = once(child, "close").then(([code]) => ({ code, ...output }));
  return { child, output, ended };
}

/** Runs akm to its end. */
export function runAkm(args: readonly string[], options?: RunOptions): Promise<Ended> {
  return startAkm(args, options).ended;
}

/** A server that said it is ready. */
export interface Server extends RunningAkm {
  /** `HOST:PORT`, or `off`. */
  readonly kmip: string;
  readonly admin: string;
  /** Sends SIGTERM and waits. */
  stop(): Promise<Ended>;
}

/** Starts `akm serve` on free ports and waits until it is ready. */
export async function serveAkm(
  data: string,
  args: readonly string[] = [],
  options?: RunOptions,
): Promise<Server> {
  const running = startAkm(
    ["serve", "--data", data, "--port", "0", "--admin-port", "0", ...args],
    options,
  );
  const { child, output, ended } = running;
  await Promise.race([until(() => /^ready .*\n/m.test(output.stdout)), ended]);
  const [, kmip, admin] = /^ready kmip=(\S+) admin=(\S+)/m.exec(output.stdout) ?? [];
  if (kmip === undefined || admin === undefined) throw new Error(`not ready: ${output.stderr}`);
  const stop = () => {
    child.kill("SIGTERM");
    return ended;
  };
  return { ...running, kmip, admin, stop };
}

/** Waits until something holds; the test's own time limit ends it. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(5);
}

/** A new folder, with a blank in its name; gone after the test, or where a file calls this on its own level, after its tests. */
export function temporaryFolder(
  owner?: number,
  after: (end: () => void) => void = onTestFinished,
): string {
  const folder = mkdtempSync(join(tmpdir(), "akm test "));
  if (owner !== undefined) chownSync(folder, owner, owner);
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** The PostgreSQL processes that work on a data folder, in which they stand; Linux only. */
export function databasesOf(data: string): readonly string[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => folderOf(pid) === join(data, "pg18"));
}

/** The number of the PostgreSQL server itself. */
export function postmasterOf(data: string): number {
  return Number.parseInt(readFileSync(join(data, "pg18", "postmaster.pid"), "utf8"), 10);
}

function folderOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return "";
  }
}

/** What a start may not leave: halves of files, halves of databases, locks of the dead. */
export function leftovers(data: string): readonly string[] {
  const names = readdirSync(data, { recursive: true, encoding: "utf8" });
  const locks = names.filter((name) => name.includes("akm.lock."));
  return [...names.filter((name) => /\.tmp$|^pg18\.new-/.test(name)), ...locks.slice(1)];
}
