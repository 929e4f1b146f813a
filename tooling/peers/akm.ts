import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { output } from "./run.ts";

const program = [
  "--conditions=akm-source",
  fileURLToPath(new URL("../../apps/akm/src/main.ts", import.meta.url)),
];

/** An akm that accepts connections on loopback. */
export interface RunningAkm {
  readonly port: string;
  /** Writes `ca.pem`, `cert.pem` and `key.pem` of the user `cn` to `out`. */
  issue(cn: string, out: string): Promise<void>;
  /** The names of all living keys and templates. */
  names(): Promise<readonly string[]>;
  /** Tells it to end. Throws unless it ends with code 0. */
  stop(): Promise<void>;
}

/**
 * Starts an akm with a new installation in `folder`, on free ports, and waits until it is ready. Its log is
 * `akm.log` there. It ends with this process at the latest.
 *
 * @throws Error with the log where it never is ready
 */
export async function startAkm(folder: string): Promise<RunningAkm> {
  const data = join(folder, "data");
  const logFile = join(folder, "akm.log");
  const log = openSync(logFile, "w");
  const args = [...program, "serve", "--data", data, "--port", "0", "--admin-port", "0"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", log] });
  closeSync(log);
  endWithUs(child);
  const ended = once(child, "exit");
  const stop = async () => {
    child.kill("SIGTERM");
    const [code] = await ended;
    if (code !== 0)
      throw new Error(`akm ended with code ${code}: ${readFileSync(logFile, "utf8")}`);
  };
  const port = await readyPort(child);
  if (port === undefined) throw await stop().catch((error: unknown) => error);
  const command = (...words: string[]) =>
    output([process.execPath, ...program, ...words, "--data", data]);
  return {
    port,
    stop,
    issue: async (cn, out) => void (await command("cert", "issue", "--cn", cn, "--out", out)),
    names: async () => namesIn(await command("key", "list", "--json")),
  };
}

function endWithUs(child: ChildProcess): void {
  process.once("exit", () => child.kill("SIGTERM"));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
}

function namesIn(list: string): readonly string[] {
  const keys = JSON.parse(list) as { readonly id: string; readonly keyName?: string }[];
  return keys.map(({ id, keyName }) => keyName ?? id);
}

/** The port of its line `ready kmip=HOST:PORT …`; `undefined` where its output ends before that. */
async function readyPort({ stdout }: ChildProcess): Promise<string | undefined> {
  if (stdout === null) return undefined;
  for await (const line of createInterface({ input: stdout })) {
    const port = /^ready kmip=\S+:(\d+) /.exec(line)?.[1];
    if (port !== undefined) return port;
  }
  return undefined;
}
