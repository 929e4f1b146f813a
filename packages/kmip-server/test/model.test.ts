import { expect, test } from "vitest";
import { checkModel } from "./model/check.ts";

/** How many runs; each of them takes up to a hundred steps. A seed repeats what another run showed. */
const { AKM_MODEL_RUNS: runs = "2000", AKM_MODEL_SEED: seed } = process.env;

test("the server does what the model of its behaviour does, whatever it is asked", async () => {
  const told = await checkModel({
    runs: Number(runs),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
  });
  console.log(`model: ${told.runs} runs, ${told.steps} steps, seed ${told.seed}`);
  expect(told.difference).toBeUndefined();
}, 900_000);
