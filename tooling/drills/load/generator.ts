import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort } from "../../pykmip/free-port.ts";

const run = promisify(execFile);

/** Where a load is put, and whose certificate goes with it. */
export interface Target {
  readonly port: number;
  /** Folder of `ca.pem`, `cert.pem` and `key.pem`. */
  readonly client: string;
}

/** What of a run is looked at. */
export interface Load {
  readonly perSecond: number;
  readonly p50Us: number;
  readonly p99Us: number;
  /** Answers other than Success, and requests without one. */
  readonly failed: number;
}

/** The generator of load, which has a folder of its own beside the project. */
export interface Generator {
  /** Puts a load on a target: arguments as its README has them. */
  load(target: Target, args: readonly string[]): Promise<Load>;
  /** Creates named keys; their identifiers and names are then in `file.ids` and `file.names`. */
  preload(target: Target, keys: number, file: string): Promise<void>;
  /** A responder over TLS that does no work: the ceiling of every server in Node. */
  serveCanned(tls: { readonly ca: string; readonly pair: string }): Promise<Canned>;
}

/** A responder that runs. */
export interface Canned {
  readonly port: number;
  stop(): Promise<void>;
}

/** The generator in `folder`. */
export function generatorIn(folder: string): Generator {
  const kmipLoad = (target: Target, args: readonly string[]) =>
    run(process.execPath, [join(folder, "kmip-load.mjs"), ...tlsOf(target), ...args]);
  return {
    async load(target, args) {
      const { stdout } = await kmipLoad(target, args);
      const { rps, latencyUs, errors, lost } = JSON.parse(stdout);
      const { p50, p99 } = latencyUs;
      return { perSecond: rps, p50Us: p50, p99Us: p99, failed: errors + lost };
    },
    async preload(target, keys, file) {
      const args = ["--preload", `${keys}`, "--preload-out", file, "--conns", "16"];
      await kmipLoad(target, [...args, "--prefix", `key ${Date.now().toString(36)} `]);
    },
    async serveCanned({ ca, pair }) {
      const port = await freePort();
      const args = ["--port", `${port}`, "--ca", ca, "--cert", pair, "--key", pair];
      const child = spawn(process.execPath, [join(folder, "canned-server.mjs"), ...args]);
      const [said] = await once(child.stderr, "data");
      await delay(100);
      if (child.exitCode !== null) throw new Error(`the responder does not start: ${said}`);
      return { port, stop: () => stopped(child) };
    },
  };
}

function tlsOf({ port, client }: Target): readonly string[] {
  const file = (name: string) => join(client, `${name}.pem`);
  const files = ["--ca", file("ca"), "--cert", file("cert"), "--key", file("key")];
  return ["--port", `${port}`, ...files];
}

async function stopped(child: ChildProcess): Promise<void> {
  const ended = once(child, "close");
  child.kill("SIGTERM");
  await ended;
}
