import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * Runs a command to its end; gives its exit code, 128 + n where signal n ended it, 127 where it did not start.
 * When `stop` is aborted the command gets SIGTERM and is waited for; after that nothing starts any more (143).
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, stop: AbortSignal, quiet?: boolean }} options
 *   `quiet`: its standard output goes to our standard error
 * @returns {Promise<number>}
 */
export async function runChild(command, args, { cwd, env, stop, quiet = false }) {
  if (stop.aborted) return 128 + constants.signals.SIGTERM;
  const child = spawn(command, args, { cwd, env, stdio: ["inherit", quiet ? 2 : 1, 2] });
  const end = () => child.kill("SIGTERM");
  // Ctrl-C at a terminal reaches the child by itself; from anywhere else it reaches only this process.
  const interrupt = () => process.stdin.isTTY || child.kill("SIGINT");
  stop.addEventListener("abort", end);
  process.on("SIGINT", interrupt);
  try {
    return await exitCode(child, command);
  } finally {
    stop.removeEventListener("abort", end);
    process.off("SIGINT", interrupt);
  }
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {string} command
 * @returns {Promise<number>}
 */
function exitCode(child, command) {
  return new Promise((resolve) => {
    child.on("error", (error) => {
      process.stderr.write(`akm: ${command}: ${error.message}\n`);
      resolve(127);
    });
    child.on("exit", (code, signal) => {
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}
