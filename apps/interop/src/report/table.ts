import { type Version, versions } from "../play/case.ts";
import type { Fraction } from "./coverage.ts";
import { classTitles, countCases, type Report } from "./report.ts";

/** Rows of texts, the first one the head. */
export type Rows = readonly (readonly string[])[];

/** The conformance summary: a row a category, a column a version; with claims, how much of them was shown. */
export function summaryRows({ summary, profile }: Report): Rows {
  const claims = profile === undefined ? [] : versions.map((version) => `claimed, ${version}`);
  const head = ["", ...versions.map((version) => `KMIP ${version}`), ...claims];
  const body = summary.map(({ title, fractions }) => [
    title,
    ...versions.map((version) => fractionText(fractions[version])),
    ...claims.map((_, at) => claimText(fractions[versions[at] as Version])),
  ]);
  return [head, ...body];
}

function fractionText({ seen, defined }: Fraction): string {
  return `${seen}/${defined} (${percent(seen, defined)})`;
}

function claimText({ seenOfClaimed, claimed }: Fraction): string {
  return `${seenOfClaimed}/${claimed}`;
}

/** A share in whole percent, never rounded up to all of it. */
export function percent(part: number, whole: number): string {
  return `${whole === 0 ? 0 : Math.floor((100 * part) / whole)} %`;
}

/** The cases, counted. */
export function caseRows({ cases, profile }: Report): Rows {
  const head = ["Cases", "KMIP", "passed", "not offered", "differ"];
  const body = countCases(cases).map((count) => [
    profile === undefined ? "all" : classTitles[count.class],
    count.version,
    String(count.passed),
    String(count.notOffered),
    String(count.failed),
  ]);
  return [head, ...body];
}

/** Columns for a terminal. */
export function terminalTable(rows: Rows): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A table of Markdown, laid out as formatters do. */
export function markdownTable(rows: Rows): string {
  const [head = [], ...body] = rows;
  const widths = head.map((_, at) => Math.max(3, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  return [
    line(head),
    `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`,
    ...body.map(line),
  ].join("\n");
}
