import { versions } from "../play/case.ts";
import type { Coverage } from "./coverage.ts";
import { outcomeTitles, type Report, type ReportedCase } from "./report.ts";
import { caseRows, markdownTable, summaryRows } from "./table.ts";

/**
 * The report as a page of Markdown.
 *
 * @param command  that writes it anew, for the page's head
 */
export function markdownPage(report: Report, command: string): string {
  const measure =
    report.profile === undefined ? "KMIP alone" : `KMIP and the profile ${report.profile}`;
  const parts = [
    `# KMIP conformance of ${report.server}`,
    `<!-- Written by \`${command}\`: run that again instead of changing this page. -->`,
    `Seen on ${report.date} by akm-interop ${report.player}, measured by ${measure}. A fraction is what was seen of what the version defines.`,
    markdownTable(summaryRows(report)),
    markdownTable(caseRows(report)),
    ...(report.probes.length === 0 ? [] : ["## Transport", markdownTable(probeRows(report))]),
    "## What was seen",
    report.coverage.map((each) => `- ${each.title}: ${seenText(each)}`).join("\n"),
    "## Cases",
    markdownTable([["Case", "Outcome", "Why"], ...report.cases.map(caseRow)]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function probeRows({ probes }: Report): readonly (readonly string[])[] {
  return [
    ["Probe", "Outcome", "Got"],
    ...probes.map(({ about, holds, got }) => [about, holds ? "holds" : "does not hold", got]),
  ];
}

function seenText({ subjects }: Coverage): string {
  const seen = subjects.flatMap((subject) => {
    const at = versions.filter((version) => (subject.seen[version] ?? "") !== "");
    return at.length === 0 ? [] : [{ name: subject.name, at }];
  });
  if (seen.length === 0) return "nothing";
  return seen
    .map(({ name, at }) => (at.length === versions.length ? name : `${name} (${at})`))
    .join(", ");
}

function caseRow({ name, outcome, because, findings }: ReportedCase): readonly string[] {
  const [first] = findings;
  const found =
    first && `step ${first.step}, ${first.path}: ${first.expected} expected, ${first.got}`;
  return [name, outcomeTitles[outcome], cell(found ?? because ?? "")];
}

function cell(text: string): string {
  const short = text.length > 160 ? `${text.slice(0, 159)}…` : text;
  return short.replaceAll("|", "\\|").replace(/\s+/g, " ");
}
