import { randomInt } from "node:crypto";
import { fuzz } from "../../packages/kmip-server/test/fuzz/fuzz.ts";
import { reportLines } from "../../packages/kmip-server/test/fuzz/report.ts";

// The fuzz of the tests for longer: AKM_FUZZ_RUNS executions, each million with a seed of its own, so that what one
// finds is soon found again: AKM_FUZZ_RUNS=1000000 AKM_FUZZ_SEED=… does it.

const runs = Number(process.env["AKM_FUZZ_RUNS"] ?? 20_000_000);
const roundRuns = 1_000_000;
const firstSeed = Number(process.env["AKM_FUZZ_SEED"] ?? randomInt(2 ** 30));

for (let done = 0; done < runs; done += roundRuns) {
  const seed = firstSeed + done / roundRuns;
  console.log(`seed ${seed}`);
  const report = await fuzz({ seed, runs: Math.min(roundRuns, runs - done) });
  for (const line of reportLines(report)) console.log(line);
}
