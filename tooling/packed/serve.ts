import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A server that accepts connections. */
export interface Serving {
  readonly port: string;
  /** Tells it to end. Throws unless it ends with code 0. */
  stop(): Promise<void>;
}

/**
 * Starts the installed `akm` on free ports, and waits until it says that it is ready.
 *
 * @throws Error where it ends before that
 */
export async function serve(folder: string, data: string): Promise<Serving> {
  const program = join(folder, "node_modules", ".bin", "akm");
  const args = ["serve", "--data", data, "--port", "0", "--admin-port", "0"];
  const child = spawn(program, args, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const port = await readyPort(child);
  const stop = async () => {
    child.kill("SIGTERM");
    const [code] = await ended;
    if (code !== 0) throw new Error(`akm serve ended with code ${code}`);
  };
  if (port === undefined)
    return stop().then(() => Promise.reject(new Error("akm never was ready")));
  return { port, stop };
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
