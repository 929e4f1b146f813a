import { checkModel } from "./check.ts";

const seed = process.env["AKM_MODEL_SEED"];
const begun = Date.now();
const told = await checkModel({
  runs: Number(process.env["AKM_MODEL_RUNS"] ?? 100),
  ...(seed === undefined ? {} : { seed: Number(seed) }),
});
console.log(told.difference ?? "no difference");
console.log(`runs ${told.runs}, steps ${told.steps}, seed ${told.seed}, ${Date.now() - begun} ms`);
