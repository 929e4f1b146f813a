import { type Core, secondsNow } from "../core.ts";
import { rollFamily } from "./roll-family.ts";

/** Keys of one round, at the most. */
const keysMax = 50;

/**
 * A round of automatic re-keying: rolls the keys that are due, the earliest first, and tells how many it rolled. It never
 * throws; what failed is in the log and comes again in the next round, beside others. AKM guide, chapter 2.
 */
export type RollDue = () => Promise<number>;

/** The rounds of a server; the store says which keys are due, so nothing is lost while no server runs. */
export function createRoller(core: Core): RollDue {
  // Those that stay due must not take the places of the others for ever.
  let stuck = 0;
  return async () => {
    try {
      const due = await core.store.due(secondsNow(core), keysMax + stuck);
      const ends: (Awaited<ReturnType<typeof rollFamily>> | "failed")[] = [];
      for (const familyId of due) ends.push(await endOf(core, familyId));
      stuck = ends.filter((end) => end === "failed" || end === "passed").length;
      return ends.filter((end) => end === "rolled").length;
    } catch (error) {
      core.log("error", "auto-re-key.failed", { error });
      return 0;
    }
  };
}

async function endOf(core: Core, familyId: string) {
  try {
    return await rollFamily(core, familyId);
  } catch (error) {
    core.log("error", "auto-re-key.failed", { key: familyId, error });
    return "failed";
  }
}
