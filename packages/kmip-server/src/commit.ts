import { KmipError } from "@akm/kmip-model";
import type { AuditRecord, ChangeSet, Durability } from "@akm/store";
import type { Core } from "./core.ts";

/** Whether a change happened could not be found out: the client must not be told anything. */
export class OutcomeUnknown extends Error {
  override readonly name = "OutcomeUnknown";
}

/** What an attempt comes to before anything of it is durable. */
export interface Attempt<Result> {
  readonly result: Result;
  /** The change with its audit record; absent where nothing changes. */
  readonly changeSet?: ChangeSet;
  /** The audit record of an attempt without a change, and how durable it must be before the answer. */
  readonly audit?: { readonly record: AuditRecord; readonly durability: Durability };
  /** The reason where another object holds a name that the change takes. */
  readonly nameTaken?: "InvalidField" | "IllegalOperation";
}

const attemptsMax = 8;
const attemptsInTurn = 3;
const pauseMsMax = 20;

/**
 * Makes attempts until one is durable. On a conflict of versions the attempt is made again on fresh rows, after a short
 * pause; from the third time on in turn with others that want the same row, so that a hot object makes progress.
 *
 * @throws KmipError where a name is taken; OutcomeUnknown; what the attempt throws; `Error` where the store cannot
 */
export async function commit<Result>(
  core: Core,
  attempt: () => Promise<Attempt<Result>>,
): Promise<Result> {
  let contended: string | undefined;
  for (let made = 1; made <= attemptsMax; made += 1) {
    const once = () => attemptOnce(core, attempt);
    const inTurn = contended !== undefined && made >= attemptsInTurn;
    const end = inTurn ? await core.turns.take(contended as string, once) : await once();
    if ("result" in end) return end.result;
    contended = end.contended;
    await core.pause(pauseBefore(core, made));
  }
  throw new Error(`${contended} changed under every one of ${attemptsMax} attempts`);
}

type End<Result> = { readonly result: Result } | { readonly contended: string };

async function attemptOnce<Result>(
  core: Core,
  attempt: () => Promise<Attempt<Result>>,
): Promise<End<Result>> {
  const { result, changeSet, audit, nameTaken = "IllegalOperation" } = await attempt();
  if (audit !== undefined) await core.store.append([audit.record], audit.durability);
  if (changeSet === undefined) return { result };
  const outcome = await core.store.commit(changeSet);
  switch (outcome.outcome) {
    case "committed":
      return { result };
    case "failed":
      throw new Error("the change could not be made", { cause: outcome.error });
    case "unknown":
      throw new OutcomeUnknown("whether the change was made is not known", {
        cause: outcome.error,
      });
    case "conflict":
      if (outcome.on === "version") return { contended: outcome.id };
      throw new KmipError(nameTaken, `another object bears this name (${outcome.owner})`);
  }
}

/** A random pause that grows with the attempts. */
function pauseBefore({ randomness }: Core, made: number): number {
  return ((randomness(1)[0] ?? 0) / 256) * pauseMsMax * made;
}
