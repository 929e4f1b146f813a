import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { startCompanion } from "./child.ts";
import { type CommandLine, output } from "./run.ts";

const program: CommandLine = [
  process.execPath,
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
  const log = join(folder, "akm.log");
  const ports = ["--port", "0", "--admin-port", "0"];
  const akm = startCompanion([...program, "serve", "--data", data, ...ports], log);
  const stop = async () => {
    const code = await akm.stop();
    if (code !== 0) throw new Error(`akm ended with code ${code}: ${readFileSync(log, "utf8")}`);
  };
  const port = await readyPort(akm.child);
  if (port === undefined) throw await stop().catch((error: unknown) => error);
  const command = (...words: string[]) => output([...program, ...words, "--data", data]);
  return {
    port,
    stop,
    issue: async (cn, out) => void (await command("cert", "issue", "--cn", cn, "--out", out)),
    names: async () => namesIn(await command("key", "list", "--json")),
  };
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
