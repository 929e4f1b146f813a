import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import type { CommandLine, RunOptions } from "./run.ts";

/** A program that runs beside this one, and ends with it at the latest. */
export interface Companion {
  /** Its standard output is ours to read; all else is in its log. */
  readonly child: ChildProcess;
  /** Sends SIGTERM and waits; gives the exit code, `null` where a signal ended it. */
  stop(): Promise<number | null>;
}

/** Starts a program whose standard error goes to the file `log`. */
export function startCompanion(
  line: CommandLine,
  log: string,
  { cwd, env }: RunOptions = {},
): Companion {
  const [program, ...args] = line;
  const file = openSync(log, "a");
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", file],
  });
  closeSync(file);
  const ended = once(child, "exit") as Promise<[number | null]>;
  ended.catch(() => undefined); // a program that does not start: whoever stops it is told
  endWithUs(child);
  return {
    child,
    async stop() {
      child.kill("SIGTERM");
      const [code] = await ended;
      return code;
    },
  };
}

function endWithUs(child: ChildProcess): void {
  const kill = () => child.kill("SIGTERM");
  // Without a listener a signal ends this process and no "exit" is heard.
  const exit = () => process.exit(1);
  process.once("exit", kill).once("SIGTERM", exit).once("SIGINT", exit);
  child.once("exit", () => process.off("exit", kill).off("SIGTERM", exit).off("SIGINT", exit));
}
