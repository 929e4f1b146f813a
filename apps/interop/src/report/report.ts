import { tags } from "@akm/kmip-model";
import { type Version, versions } from "../play/case.ts";
import type { PlayedStep } from "../play/played.ts";
import type { Applicability } from "../verdict/applicability.ts";
import type { Finding, Verdict } from "../verdict/judge.ts";
import type { Result } from "../verdict/result.ts";
import { batchItemsOf, memberOf, memberText } from "../xml/members.ts";
import { type Claims, type Coverage, coverageOf, type Fraction, fractionOf } from "./coverage.ts";
import type { ProbeResult } from "./probes.ts";

/** A row of the conformance summary. */
export interface SummaryRow {
  readonly title: string;
  readonly fractions: Readonly<Record<Version, Fraction>>;
}

/** A case as the report lists it. */
export interface ReportedCase {
  readonly name: string;
  readonly version: Version;
  readonly about: string;
  readonly class: Applicability["class"];
  readonly outcome: Verdict["outcome"];
  /** Why it deviates or is refused. */
  readonly because?: string;
  /** A line a step: what was asked and what the server said. */
  readonly evidence: readonly string[];
  readonly findings: readonly Finding[];
}

/** All that a report says, whatever it is written as. */
export interface Report {
  /** The server's Vendor Identification. */
  readonly server: string;
  /** When it was written, a day: `2026-01-31`. */
  readonly date: string;
  /** The player's own version. */
  readonly player: string;
  /** What the server is measured by, beside KMIP; left out for a server of which nothing is known. */
  readonly profile?: string;
  readonly summary: readonly SummaryRow[];
  readonly coverage: readonly Coverage[];
  readonly probes: readonly ProbeResult[];
  readonly cases: readonly ReportedCase[];
}

/** What a report is made of. */
export interface ReportInput {
  readonly results: readonly Result[];
  readonly probes: readonly ProbeResult[];
  readonly date: Date;
  readonly player: string;
  readonly profile?: string | undefined;
  readonly claims?: Claims | undefined;
}

/** Draws the report up from what was seen. */
export function reportOf({ results, probes, date, player, profile, claims }: ReportInput): Report {
  const coverage = coverageOf(results, claims);
  return {
    server: vendorIn(results),
    date: date.toISOString().slice(0, 10),
    player,
    ...(profile === undefined ? {} : { profile }),
    summary: coverage.map((each) => ({ title: each.title, fractions: fractionsOf(each) })),
    coverage,
    probes,
    cases: results.map(reportedCase),
  };
}

function fractionsOf(coverage: Coverage): Readonly<Record<Version, Fraction>> {
  const pairs = versions.map((version) => [version, fractionOf(coverage, version)]);
  return Object.fromEntries(pairs) as Record<Version, Fraction>;
}

function vendorIn(results: readonly Result[]): string {
  const items = results.flatMap(({ steps }) => steps.flatMap(({ answer }) => batchItemsOf(answer)));
  const names = items.map((item) =>
    memberText(memberOf(item, tags.ResponsePayload), tags.VendorIdentification),
  );
  return names.find((name) => name !== undefined) ?? "a server without Vendor Identification";
}

function reportedCase({ case: played, steps, verdict }: Result): ReportedCase {
  const { applicability, outcome, findings } = verdict;
  return {
    name: played.name,
    version: played.version,
    about: played.about,
    class: applicability.class,
    outcome,
    ...(applicability.class === "passes" ? {} : { because: applicability.because }),
    evidence: steps.map(evidenceOf),
    findings,
  };
}

function evidenceOf({ label, request, answer }: PlayedStep): string {
  const asked = batchItemsOf(request).map((item) => memberText(item, tags.Operation) ?? "?");
  const said = batchItemsOf(answer).map(
    (item) => memberText(item, tags.ResultReason) ?? memberText(item, tags.ResultStatus) ?? "?",
  );
  return `${label}: ${asked.join(", ") || "not sent"} → ${said.join(", ") || "no answer"}`;
}

/** How many cases of a class ended how. */
export interface CaseCount {
  readonly class: Applicability["class"];
  readonly version: Version;
  readonly passed: number;
  readonly notOffered: number;
  readonly failed: number;
}

/** Counts the cases, classes in a fixed order and only those that occur. */
export function countCases(cases: readonly ReportedCase[]): readonly CaseCount[] {
  return versions.flatMap((version) =>
    (["passes", "deviates", "refused"] as const).flatMap((each) => {
      const some = cases.filter((one) => one.class === each && one.version === version);
      const count = (outcome: Verdict["outcome"]) =>
        some.filter((one) => one.outcome === outcome).length;
      if (some.length === 0) return [];
      return {
        class: each,
        version,
        passed: count("passed"),
        notOffered: count("notOffered"),
        failed: count("failed"),
      };
    }),
  );
}

/** What a class is called where people read it. */
export const classTitles: Readonly<Record<Applicability["class"], string>> = {
  passes: "as published",
  deviates: "with a deviation of the profile",
  refused: "refused, as the profile has it",
};

/** What an outcome is called where people read it. */
export const outcomeTitles: Readonly<Record<Verdict["outcome"], string>> = {
  passed: "passed",
  notOffered: "not offered",
  failed: "differs",
};
