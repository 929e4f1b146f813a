import { tags } from "@akm/kmip-model";
import type { Difference } from "../play/difference.ts";
import { nothing } from "../play/difference.ts";
import type { PlayedCase, PlayedStep } from "../play/played.ts";
import { batchItemsOf, memberText } from "../xml/members.ts";
import type { Applicability, Deviation } from "./applicability.ts";

/** A difference with the step in which it stood. */
export interface Finding extends Difference {
  readonly step: string;
}

/** What came of a case. */
export interface Verdict {
  readonly applicability: Applicability;
  /** `passed`: the server did what the profile asks. `notOffered`: without a profile, it does not offer what the case needs. */
  readonly outcome: "passed" | "notOffered" | "failed";
  /** Why it failed; where it is not offered, what the server answered instead. */
  readonly findings: readonly Finding[];
}

/** Judges a case by what it is to the server's profile; a deviation that does not show is a failure too. */
export function judge(played: PlayedCase, applicability: Applicability): Verdict {
  switch (applicability.class) {
    case "passes":
      return verdict(applicability, findingsOf(played.steps));
    case "deviates":
      return verdict(applicability, unexplained(played.steps, applicability.deviations));
    case "refused": {
      const before = played.steps.filter(({ label }) => label !== applicability.step);
      const at = played.steps.find(({ label }) => label === applicability.step);
      return verdict(applicability, [
        ...unexplained(before, applicability.deviations ?? []),
        ...refusalFindings(at, applicability),
      ]);
    }
  }
}

/** Judges a case by itself, for a server of which nothing is known: what it says it does not offer is no failure. */
export function judgeAsPublished(played: PlayedCase): Verdict {
  const applicability = { class: "passes" } as const;
  const findings = findingsOf(played.steps);
  const [first] = played.steps.filter(({ differences }) => differences.length > 0);
  const outcome = first !== undefined && isNotOffered(first) ? "notOffered" : "failed";
  return { applicability, outcome: findings.length === 0 ? "passed" : outcome, findings };
}

function verdict(applicability: Applicability, findings: readonly Finding[]): Verdict {
  return { applicability, outcome: findings.length === 0 ? "passed" : "failed", findings };
}

function findingsOf(steps: readonly PlayedStep[]): readonly Finding[] {
  return steps.flatMap(({ label, differences }) =>
    differences.map((difference) => ({ step: label, ...difference })),
  );
}

/** The differences that no deviation explains, and the deviations that did not show. */
function unexplained(
  steps: readonly PlayedStep[],
  deviations: readonly Deviation[],
): readonly Finding[] {
  const left = [...deviations];
  const differences = findingsOf(steps).filter((finding) => {
    const at = left.findIndex((deviation) => explains(deviation, finding));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  const unseen = left.map(({ step, path, answer }) => ({
    step,
    path,
    expected: `the deviation ${answer}`,
    got: "no such difference",
  }));
  return [...differences, ...unseen];
}

function explains({ step, path, answer }: Deviation, finding: Finding): boolean {
  if (step !== finding.step || path !== finding.path) return false;
  return answer.endsWith("…")
    ? finding.got.startsWith(answer.slice(0, -1))
    : answer === finding.got;
}

function refusalFindings(
  step: PlayedStep | undefined,
  { step: label, reason }: Applicability & { class: "refused" },
): readonly Finding[] {
  const refusal = batchItemsOf(step?.answer).find(
    (item) => memberText(item, tags.ResultStatus) === "OperationFailed",
  );
  const got = refusal && memberText(refusal, tags.ResultReason);
  if (got === reason) return [];
  return [{ step: label, path: "BatchItem/ResultReason", expected: reason, got: got ?? nothing }];
}

const notOffered: ReadonlySet<string | undefined> = new Set([
  "OperationNotSupported",
  "FeatureNotSupported",
  "KeyFormatTypeNotSupported",
]);

function isNotOffered({ answer }: PlayedStep): boolean {
  return batchItemsOf(answer).some((item) => notOffered.has(memberText(item, tags.ResultReason)));
}

/** The last step that is to be played, `undefined` for all of them. */
export function untilOf(applicability: Applicability): string | undefined {
  switch (applicability.class) {
    case "passes":
      return undefined;
    case "deviates":
      return applicability.until;
    case "refused":
      return applicability.step;
  }
}
