import { basename } from "node:path";
import type { Surroundings } from "../command-line/command.ts";
import { shellWord } from "../text.ts";

/** The world of this process: its streams, clock, environment and signals. */
export function processSurroundings(): Surroundings {
  // A reader that has gone must not end a server.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  return {
    print: (line) => void process.stdout.write(`${line}\n`),
    write: (lines) => void process.stderr.write(lines),
    now: () => new Date(),
    self: ownCall(process),
    env: process.env,
    isTerminal: process.stderr.isTTY === true,
    whenStopped,
    onReload: (reload) => void process.on("SIGHUP", reload),
  };
}

function whenStopped(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => stop.abort());
  return stop.signal;
}

/** `akm` where that is how it was called; from a checkout the very Node and file that run. */
function ownCall({ execPath, execArgv, argv: [, file = ""] }: NodeJS.Process): string {
  if (basename(file) === "akm") return "akm";
  return [execPath, ...execArgv, file].map(shellWord).join(" ");
}
