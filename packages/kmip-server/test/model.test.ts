import { expect, test } from "vitest";
import { checkModel } from "./model/check.ts";
import type { Request } from "./model/requests.ts";
import { begin, take } from "./model/run.ts";

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

test.each(["Raw", "TransparentSymmetricKey"])(
  "a key that is made, got as %s and destroyed in one message is known to the model",
  async (format) => {
    const values = { Algorithm: "AES", Length: 128, "Usage Mask": ["Encrypt"] };
    const attributes = Object.entries(values).map(([name, value]) => {
      return { name: `Cryptographic ${name}`, value };
    });
    const items: Request[] = [
      { op: "Create", objectType: "SymmetricKey", wanted: { templates: [], attributes } },
      { op: "Get", format },
      { op: "Destroy" },
    ];
    const message = { version: [1, 1], items } as const;
    await expect(take(begin(), { do: "ask", by: 0, message })).resolves.toBeUndefined();
  },
);
