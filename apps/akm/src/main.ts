#!/usr/bin/env node
import { runCommandLine } from "./command-line/run.ts";
import { commands } from "./commands/index.ts";
import { hardenProcess } from "./process/harden.ts";
import { processSurroundings } from "./process/surroundings.ts";
import { ownVersion } from "./version.ts";

hardenProcess();
const surroundings = processSurroundings();
process.exit(
  await runCommandLine(process.argv.slice(2), { commands, version: ownVersion(), surroundings }),
);
