import type { Case } from "../play/case.ts";
import { playCase } from "../play/play.ts";
import type { PlayedStep, Players } from "../play/played.ts";
import type { Profile } from "./applicability.ts";
import { judge, judgeAsPublished, untilOf, type Verdict } from "./judge.ts";

/** A case that was played and judged. */
export interface Result {
  readonly case: Case;
  readonly steps: readonly PlayedStep[];
  readonly verdict: Verdict;
}

/** What cases are played with. */
export interface Playing {
  readonly players: Players;
  /** What the cases are to this server; left out, each is judged as it is. */
  readonly profile?: Profile | undefined;
  /** Told of each case as it ends. */
  onResult?(result: Result): void;
}

/**
 * Plays cases one after another, since they give names to objects that must not meet.
 *
 * @throws whatever the players' `Send` throws where the server cannot be talked to  @throws Failure `case`
 */
export async function playCases(
  cases: readonly Case[],
  { players, profile, onResult }: Playing,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const each of cases) {
    const applicability = profile?.[each.name] ?? { class: "passes" };
    const played = await playCase(each, players, untilOf(applicability));
    const verdict = profile === undefined ? judgeAsPublished(played) : judge(played, applicability);
    const result = { case: each, steps: played.steps, verdict };
    results.push(result);
    onResult?.(result);
  }
  return results;
}
