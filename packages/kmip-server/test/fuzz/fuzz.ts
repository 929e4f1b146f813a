import { checkForms, checkParts, decodeRequest, withoutStacks } from "./codec.ts";
import { finding } from "./finding.ts";
import { type Allowance, createMeter, type Meter } from "./meter.ts";
import { mutate } from "./mutate.ts";
import { createRandom } from "./random.ts";
import { createSeeds } from "./seeds.ts";
import { createWholeServer } from "./whole-server.ts";

/** How much is fuzzed. */
export interface FuzzOptions {
  readonly seed: number;
  /** Executions in all. */
  readonly runs: number;
}

/** What came of it, where nothing was found that must not be. */
export interface FuzzReport {
  readonly codecRuns: number;
  readonly serverRuns: number;
  /** How executions ended: codes, reasons and operations that were done, and how often. */
  readonly ends: ReadonlyMap<string, number>;
  /** Objects that were looked at for soundness. */
  readonly objects: number;
  readonly codecMeter: Pick<Meter, "slowestMs" | "allocatedMax">;
  readonly serverMeter: Pick<Meter, "slowestMs" | "allocatedMax">;
  readonly tookMs: number;
}

/** One execution in so many goes through a whole server, the others through codec and model. */
const wholeServerOneIn = 20;
/** Of those, one in so many is decoded by a second decoder as well. */
const secondDecoderOneIn = 8;
/** A server lives for so many executions; then all that it keeps is looked at. */
const lifeRuns = 1_000;

// An item of 16 bytes becomes an object of about a hundred, an attribute several.
const codecAllowance: Allowance = { perByte: 24, anyway: 2 ** 20 };
// A search reads all that the server keeps.
const serverAllowance: Allowance = { perByte: 48, anyway: 32 * 2 ** 20 };

/**
 * Has mutated messages decoded, and a share of them answered by whole servers in memory. Reliability F3.
 *
 * @throws Error at the first thing that must not be, with seed, execution and message
 */
export async function fuzz({ seed, runs }: FuzzOptions): Promise<FuzzReport> {
  const begun = performance.now();
  const random = createRandom(seed);
  const seeds = createSeeds(seed, random);
  const codecMeter = createMeter(codecAllowance);
  const serverMeter = createMeter(serverAllowance);
  const ends = new Map<string, number>();
  const count = (end: string) => ends.set(end, (ends.get(end) ?? 0) + 1);
  let server = await createWholeServer(random);
  let serverRuns = 0;
  let objects = 0;

  async function serve(bytes: Uint8Array): Promise<void> {
    serverRuns += 1;
    const { items } = await serverMeter.measure(bytes, () => server.ask(bytes));
    for (const { operation, resultReason } of items) count(`server: ${resultReason ?? operation}`);
    if (serverRuns % lifeRuns !== 0) return;
    objects += await server.check();
    server = await createWholeServer(random);
  }

  async function decode(bytes: Uint8Array): Promise<void> {
    const decoded = await codecMeter.measure(bytes, () =>
      withoutStacks(() => decodeRequest(bytes)),
    );
    checkParts(decoded);
    if (random.oneIn(secondDecoderOneIn)) withoutStacks(() => checkForms(bytes, decoded));
    count(`codec: ${decoded.end}`);
  }

  for (let run = 1; run <= runs; run += 1) {
    const isServed = run % wholeServerOneIn === 0;
    const bytes = mutate(seeds, random, isServed ? 2 : 16);
    try {
      await (isServed ? serve(bytes) : decode(bytes));
    } catch (error) {
      throw finding(error, bytes, `seed ${seed}, execution ${run}`);
    }
  }
  objects += await server.check();
  const tookMs = performance.now() - begun;
  return {
    codecRuns: runs - serverRuns,
    serverRuns,
    ends,
    objects,
    codecMeter,
    serverMeter,
    tookMs,
  };
}
