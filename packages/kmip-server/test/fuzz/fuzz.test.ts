import { randomInt } from "node:crypto";
import { expect, test } from "vitest";
import { fuzz } from "./fuzz.ts";
import { fuzzedOperations } from "./grammar.ts";
import { reportLines } from "./report.ts";

// AKM_FUZZ_RUNS executions, 2,000,000 under CI; a run is done again by the AKM_FUZZ_SEED that it printed.
const runs = Number(process.env["AKM_FUZZ_RUNS"] ?? (process.env["CI"] ? 2_000_000 : 100_000));
const seed = Number(process.env["AKM_FUZZ_SEED"] ?? randomInt(2 ** 31));

test("no message makes codec or server do what must not be", { timeout: 1_200_000 }, async () => {
  console.log(`fuzz: AKM_FUZZ_SEED=${seed} AKM_FUZZ_RUNS=${runs}`);
  const report = await fuzz({ seed, runs });
  console.log(reportLines(report).join("\n"));
  // A fuzzer that reaches nothing finds nothing.
  const reached = fuzzedOperations.filter((name) => report.ends.has(`server: ${name}`));
  expect(reached).toEqual(fuzzedOperations);
  expect(report.ends.get("codec: accepted")).toBeGreaterThan(runs / 20);
});
