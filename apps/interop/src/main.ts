#!/usr/bin/env node
import { runCommandLine } from "./command/run.ts";

process.exitCode = await runCommandLine(process.argv.slice(2), {
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
  env: process.env,
  now: () => new Date(),
});
