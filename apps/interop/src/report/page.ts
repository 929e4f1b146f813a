import { type Version, versions } from "../play/case.ts";
import { escapeXml } from "../xml/read-xml.ts";
import type { Coverage, Fraction, Subject } from "./coverage.ts";
import { caseSections } from "./page-cases.ts";
import { pageStyle } from "./page-style.ts";
import type { Report } from "./report.ts";
import { caseRows, percent, type Rows } from "./table.ts";

/**
 * The report as one page of HTML that needs nothing else: no script, no file beside it.
 *
 * @param command  that writes it anew, for the page's head
 */
export function htmlPage(report: Report, command: string): string {
  const title = escapeXml(`KMIP conformance of ${report.server}`);
  return `<!doctype html>
<!-- Written by \`${escapeXml(command)}\`: run that again instead of changing this page. -->
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>${title}</h1>
${facts(report)}
</header>
<main>
${[summarySection(report), probeSection(report), ...report.coverage.map(coverageSection), caseSections(report)].join("\n")}
</main>
</body>
</html>
`;
}

function facts({ date, player, profile, cases }: Report): string {
  const played = cases.length;
  const passed = cases.filter(({ outcome }) => outcome === "passed").length;
  const rows = [
    ["Seen on", date],
    ["Versions", versions.map((version) => `KMIP ${version}`).join(", ")],
    [
      "Conversations",
      `${passed} of ${played} ${profile === undefined ? "as written" : "as they must be"}`,
    ],
    ["Measured by", profile === undefined ? "KMIP" : `KMIP and the profile ${profile}`],
    ["Player", `akm-interop ${player}`],
  ];
  const entries = rows.map(
    ([term, text]) => `<div><dt>${term}</dt><dd>${escapeXml(text ?? "")}</dd></div>`,
  );
  return `<dl class="facts">${entries.join("")}</dl>`;
}

function summarySection(report: Report): string {
  const claims = report.profile !== undefined;
  const head = versions.map((version) => `<th scope="col">KMIP ${version}</th>`).join("");
  const rows = report.summary.map(({ title, fractions }) => {
    const cells = versions.map((version) => fractionCell(fractions[version])).join("");
    const claimed = claims ? claimedCell(fractions) : "";
    return `<tr><th scope="row">${escapeXml(title)}</th>${cells}${claimed}</tr>`;
  });
  return `<section>
<h2>Conformance summary</h2>
<p class="soft">What was seen of what each version of KMIP defines. Everything here was computed from the server’s own answers.</p>
<table><thead><tr><th></th>${head}${claims ? '<th scope="col">Of what is claimed</th>' : ""}</tr></thead>
<tbody>${rows.join("\n")}</tbody></table>
${claimsText(report)}
${plainTable(caseRows(report))}
</section>`;
}

function fractionCell({ seen, defined }: Fraction): string {
  const share = percent(seen, defined);
  return `<td class="number">${seen}/${defined} <span class="soft share">${share}</span><span class="bar"><i style="width:${share.replace(" ", "")}"></i></span></td>`;
}

function claimedCell(fractions: Readonly<Record<Version, Fraction>>): string {
  const all = versions.map((version) => fractions[version]);
  const isFull = all.every(({ seenOfClaimed, claimed }) => seenOfClaimed === claimed);
  const texts = all.map(({ seenOfClaimed, claimed }) => `${seenOfClaimed}/${claimed}`);
  return `<td><span class="${isFull ? "yes" : "no"}">${isFull ? "all" : "not all"}</span> <span class="soft share">${texts.join(" and ")}</span></td>`;
}

function claimsText({ profile }: Report): string {
  if (profile === undefined) return "";
  return `<p class="soft">Claimed is what the profile ${escapeXml(profile)} says that the server has; the rest of KMIP it refuses by design.</p>`;
}

function plainTable(rows: Rows): string {
  const [head = [], ...body] = rows;
  const cells = (row: readonly string[], tag: string) =>
    row.map((text) => `<${tag}>${escapeXml(text)}</${tag}>`).join("");
  return `<h3>Conversations</h3>
<table><thead><tr>${cells(head, "th")}</tr></thead>
<tbody>${body.map((row) => `<tr>${cells(row, "td")}</tr>`).join("\n")}</tbody></table>`;
}

function probeSection({ probes }: Report): string {
  if (probes.length === 0) return "";
  const rows = probes.map(
    ({ about, holds, got }) =>
      `<tr><th scope="row">${escapeXml(about)}</th><td class="${holds ? "yes" : "no"}">${holds ? "holds" : "does not hold"}</td><td>${escapeXml(got)}</td></tr>`,
  );
  return `<section><h2>Transport</h2>
<table><thead><tr><th>Probe</th><th>Outcome</th><th>What happened</th></tr></thead><tbody>${rows.join("\n")}</tbody></table></section>`;
}

function coverageSection({ title, subjects }: Coverage): string {
  const head = versions.map((version) => `<th scope="col">KMIP ${version}</th>`).join("");
  return `<section><h2>${escapeXml(title)}</h2>
<table class="subjects"><thead><tr><th></th>${head}</tr></thead>
<tbody>${subjects.map(subjectRow).join("\n")}</tbody></table></section>`;
}

function subjectRow({ name, isClaimed, seen }: Subject): string {
  const claimed = isClaimed ? '<span class="claimed">claimed</span>' : "";
  const cells = versions.map((version) => seenCell(seen[version], isClaimed)).join("");
  return `<tr><th scope="row">${escapeXml(name)}${claimed}</th>${cells}</tr>`;
}

/** Where it was seen first; what is claimed and was not seen stands out. */
function seenCell(evidence: string | undefined, isClaimed: boolean): string {
  if (evidence === undefined) return '<td class="none">not in this version</td>';
  if (evidence === "")
    return isClaimed ? '<td class="no">not seen</td>' : '<td class="none">no</td>';
  return `<td><span class="yes">seen</span> <span class="soft">${escapeXml(evidence)}</span></td>`;
}
