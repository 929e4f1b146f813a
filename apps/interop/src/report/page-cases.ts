import { escapeXml } from "../xml/read-xml.ts";
import { classTitles, outcomeTitles, type Report, type ReportedCase } from "./report.ts";

/** Every case with its evidence, in groups; each opens on a click. */
export function caseSections({ cases }: Report): string {
  const groups = Map.groupBy(cases, groupOf);
  const sections = [...groups].map(
    ([title, some]) => `<h3>${escapeXml(title)}</h3>\n${some.map(caseDetails).join("\n")}`,
  );
  return `<section><h2>Every conversation, with its evidence</h2>
<p class="soft">A line of evidence is a step: what was asked, and what the server said.</p>
${sections.join("\n")}</section>`;
}

/** The published cases stand together, the others by their folders. */
function groupOf({ name, version }: ReportedCase): string {
  if (name.startsWith("TC-")) return `OASIS test cases, KMIP ${version}`;
  return name.includes("/") ? `Own cases: ${name.slice(0, name.lastIndexOf("/"))}` : "Other cases";
}

const colours = { passed: "yes", notOffered: "none", failed: "no" } as const;

function caseDetails(each: ReportedCase): string {
  const { name, about, outcome, because, findings, evidence } = each;
  const why =
    because === undefined ? "" : `<p>${escapeXml(`${classTitles[each.class]}: ${because}`)}</p>`;
  const found = findings.map(
    ({ step, path, expected, got }) =>
      `<li class="no">step ${escapeXml(`${step}, ${path || "message"}: expected ${expected}, got ${got}`)}</li>`,
  );
  const steps = evidence.map((line) => `<li>${escapeXml(line)}</li>`);
  return `<details><summary><span class="name">${escapeXml(name)}</span><span class="${colours[outcome]}">${outcomeTitle(each)}</span></summary>
<div><p class="soft">${escapeXml(about)}</p>${why}<ol>${[...steps, ...found].join("")}</ol></div></details>`;
}

function outcomeTitle({ class: what, outcome }: ReportedCase): string {
  if (outcome !== "passed" || what === "passes") return outcomeTitles[outcome];
  return what === "refused" ? "refused as it must be" : "deviates as it must";
}
