#!/usr/bin/env node
import { runCommandLine } from "./command-line/run.ts";
import { commands } from "./commands/index.ts";
import { exitCodes } from "./failure.ts";
import { hardenProcess } from "./process/harden.ts";
import { nodeFault } from "./process/node-version.ts";
import { processSurroundings } from "./process/surroundings.ts";
import { ownVersion } from "./version.ts";

const fault = nodeFault(process.versions.node);
if (fault !== undefined) {
  process.stderr.write(`akm: ${fault}\n`);
  process.exit(exitCodes.usage);
}
hardenProcess();
const surroundings = processSurroundings();
process.exit(
  await runCommandLine(process.argv.slice(2), { commands, version: ownVersion(), surroundings }),
);
