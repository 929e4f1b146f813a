import { url } from "node:inspector";
import { exitCodes } from "../failure.ts";

/**
 * Closes the doors that Node leaves open to a debugger, which could read every key, and lets no file that this
 * process makes be open to others by accident. Ends the process where a debugger is there already.
 */
export function hardenProcess(): void {
  process.umask(0o077);
  // With a listener of its own the signal no longer starts Node's debugger.
  process.on("SIGUSR1", () => {});
  if (url() === undefined) return;
  process.stderr.write(
    "akm: a debugger can read every key: start without --inspect (see NODE_OPTIONS too)\n",
  );
  process.exit(exitCodes.usage);
}
