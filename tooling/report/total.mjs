// `node total.mjs [CHECK…]`: the last words of a CI run. The figures of all packages' tests, and each check named
// as failed counted as one failure (the check `tests` only where its failure is not in the figures already).
import { fileURLToPath } from "node:url";
import { addFailures, sumLines, sumReports } from "./sum.mjs";

const sum = sumReports(fileURLToPath(new URL("../..", import.meta.url)));
const checks = process.argv.slice(2).filter((name) => name !== "tests" || sum.failed === 0);
const total = addFailures(
  sum,
  checks.map((name) => `check ${name}`),
);
process.stdout.write(`${sumLines(total).join("\n")}\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
