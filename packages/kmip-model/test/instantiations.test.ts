import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const instantiationsMax = 100_000;

test(`the compiler checks the package with fewer than ${instantiationsMax} instantiations`, () => {
  const folder = fileURLToPath(new URL("..", import.meta.url));
  const compiler = fileURLToPath(new URL("../../../node_modules/.bin/tsc", import.meta.url));
  const args = ["-p", "tsconfig.budget.json", "--extendedDiagnostics"];
  const output = execFileSync(compiler, args, { cwd: folder, encoding: "utf8" });
  const [, count] = /^Instantiations:\s+(\d+)$/m.exec(output) ?? [];
  expect(Number(count)).toBeGreaterThan(0);
  expect(Number(count)).toBeLessThan(instantiationsMax);
}, 60_000);
