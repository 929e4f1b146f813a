import { writeFileSync } from "node:fs";
import { unseenClaims } from "../report/coverage.ts";
import { markdownPage } from "../report/markdown.ts";
import { htmlPage } from "../report/page.ts";
import type { ProbeResult } from "../report/probes.ts";
import { type Report, reportOf } from "../report/report.ts";
import { caseRows, summaryRows, terminalTable } from "../report/table.ts";
import type { ServerProfile } from "../verdict/profiles.ts";
import type { Result } from "../verdict/result.ts";
import { ownVersion } from "../version.ts";
import type { Arguments } from "./arguments.ts";
import type { Surroundings } from "./surroundings.ts";

/** What a report is drawn up from. */
export interface ReportWork {
  readonly given: Arguments;
  readonly around: Surroundings;
  readonly results: readonly Result[];
  readonly probes: readonly ProbeResult[];
  readonly profile: ServerProfile | undefined;
}

/** Prints the report and writes its files; gives what is claimed and was not seen, and the probes that do not hold. */
export function writeReport({
  given,
  around,
  results,
  probes,
  profile,
}: ReportWork): readonly string[] {
  const report = reportOf({
    results,
    probes,
    date: around.now(),
    player: ownVersion(),
    profile: profile?.name,
    claims: profile?.claims,
  });
  around.print(given.json ? JSON.stringify(report, null, 2) : terminalText(report));
  if (given.out !== undefined) writeFiles(report, given.out, given.madeBy ?? commandOf(given));
  const broken = probes.filter(({ holds }) => !holds).map(({ about, got }) => `${about}: ${got}`);
  return [...unseenClaims(report.coverage), ...broken];
}

function terminalText(report: Report): string {
  const title = `KMIP conformance of ${report.server}`;
  return [
    "",
    title,
    "",
    terminalTable(summaryRows(report)),
    "",
    terminalTable(caseRows(report)),
  ].join("\n");
}

function commandOf({ profile, out }: Arguments): string {
  const measure = profile === undefined ? "" : ` --profile ${profile}`;
  return `akm-interop report --host … --ca … --cert … --key …${measure} --out ${out}`;
}

function writeFiles(report: Report, prefix: string, command: string): void {
  writeFileSync(`${prefix}.json`, `${JSON.stringify({ command, ...report }, null, 2)}\n`);
  writeFileSync(`${prefix}.md`, markdownPage(report, command));
  writeFileSync(`${prefix}.html`, htmlPage(report, command));
}
