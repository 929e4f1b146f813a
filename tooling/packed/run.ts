import { execFileSync } from "node:child_process";

/**
 * What a program prints; what it complains of goes to this one's standard error.
 *
 * @throws Error where it fails, with all that it printed
 */
export function output(program: string, args: readonly string[], folder: string): string {
  try {
    return execFileSync(program, args, {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
  } catch (error) {
    const { stdout = "" } = error as { stdout?: string };
    throw new Error(`${program} ${args.join(" ")} failed: ${stdout}`, { cause: error });
  }
}

/** One line of this check's own. */
export function say(what: string, text: string): void {
  console.log(`${what}: ${text}`);
}
