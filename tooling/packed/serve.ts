import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** How to call akm. */
export interface Call {
  readonly program: string;
  /** What stands before akm's own arguments. */
  readonly args: readonly string[];
  /** Where it is called. */
  readonly folder: string;
}

/** A server that accepts connections. */
export interface Serving {
  readonly port: string;
  /** Tells it to end. Throws unless it ends with code 0. */
  stop(): Promise<void>;
}

/**
 * Starts an installed akm on free ports, and waits until it says that it is ready.
 *
 * @throws Error where it ends before that
 */
export async function serve({ program, args, folder }: Call, data: string): Promise<Serving> {
  const own = ["serve", "--data", data, "--port", "0", "--admin-port", "0"];
  const child = spawn(program, [...args, ...own], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  const ready = await readyOf(child);
  if (ready === undefined) throw new Error("akm never was ready");
  return {
    port: ready.port,
    async stop() {
      // Its own process: the child may be npx, which passes no signal on.
      process.kill(ready.pid, "SIGTERM");
      const [code] = await ended;
      if (code !== 0) throw new Error(`akm serve ended with code ${code}`);
    },
  };
}

/** What stands in its line `ready kmip=HOST:PORT … pid=PID`; `undefined` where its output ends before that. */
async function readyOf({ stdout }: ChildProcess) {
  if (stdout === null) return undefined;
  for await (const line of createInterface({ input: stdout })) {
    const [, port, pid] = /^ready kmip=\S+:(\d+) .*pid=(\d+)$/.exec(line) ?? [];
    if (port !== undefined) return { port, pid: Number(pid) };
  }
  return undefined;
}
