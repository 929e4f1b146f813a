import fc from "fast-check";
import { begin, type Step, take } from "./run.ts";
import { step } from "./steps.ts";

// Many runs of model and server, one beside the other.

/** How many runs, from which seed. */
export interface CheckOptions {
  readonly runs: number;
  readonly seed?: number;
  /** Whether to look for the shortest run that shows a difference; the default. */
  readonly shrink?: boolean;
}

/** What came of the runs. */
export interface Checked {
  readonly seed: number;
  readonly runs: number;
  readonly steps: number;
  /** Where they differed: the shortest run that shows it, and how. */
  readonly difference?: string;
}

/** Runs of up to this many steps, half as many on average. */
const stepsMax = 100;

/** Lets the server and the model do the same things, and says where they differ first. */
export async function checkModel({ runs, seed, shrink = true }: CheckOptions): Promise<Checked> {
  let steps = 0;
  const property = fc.asyncProperty(
    fc.array(step, { maxLength: stepsMax, size: "max" }),
    async (all) => {
      steps += all.length;
      await walk(all);
    },
  );
  const result = await fc.check(property, {
    numRuns: runs,
    endOnFailure: !shrink,
    ...(seed === undefined ? {} : { seed }),
  });
  const told = { seed: result.seed, runs: result.numRuns, steps };
  if (!result.failed) return told;
  return { ...told, difference: `${result.errorInstance}\n${fc.defaultReportMessage(result)}` };
}

async function walk(all: readonly Step[]): Promise<void> {
  const run = begin();
  for (const one of all) await take(run, one);
  await take(run, { do: "look at everything" });
}
