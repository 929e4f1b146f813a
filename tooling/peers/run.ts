import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A program and its arguments. */
export type CommandLine = readonly [string, ...string[]];

/** Where and how a command runs. */
export interface RunOptions {
  readonly cwd?: string;
  /** In addition to this process's own. */
  readonly env?: Readonly<Record<string, string>>;
}

const minutesMax = 10;

/**
 * What a command prints on standard output.
 *
 * @throws Error where it fails, does not start or takes more than ten minutes, with all that it printed
 */
export async function output(line: CommandLine, { cwd, env }: RunOptions = {}): Promise<string> {
  const [program, ...args] = line;
  try {
    const { stdout } = await promisify(execFile)(program, args, {
      cwd,
      env: { ...process.env, ...env },
      timeout: minutesMax * 60_000,
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${line.join(" ")} failed: ${stdout}${stderr}`, { cause: error });
  }
}

/** Whether a command runs and succeeds. */
export async function works(line: CommandLine, options?: RunOptions): Promise<boolean> {
  return output(line, options).then(
    () => true,
    () => false,
  );
}

/** Runs a command that asks a registry: three times at most. */
export async function fetching(line: CommandLine, options?: RunOptions): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await output(line, options);
      return;
    } catch (error) {
      if (tries === 3) throw error;
    }
  }
}
