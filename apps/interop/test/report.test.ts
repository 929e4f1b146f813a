import {
  akmClaims,
  akmGuide,
  casesAt,
  fractionOf,
  htmlPage,
  markdownPage,
  ownCases,
  playCases,
  type Report,
  type Result,
  reportOf,
  unseenClaims,
} from "@akm/interop";
import { offeredOperations } from "@akm/kmip-server";
import { beforeAll, describe, expect, test } from "vitest";
import { housePlayers } from "./support/house.ts";

const own = casesAt([ownCases]);
const rest = { probes: [], date: new Date("2026-01-31T12:00:00Z"), player: "1.2.3" };

let results: readonly Result[];
let report: Report;

beforeAll(async () => {
  results = await playCases(own, { players: housePlayers(), profile: akmGuide });
  report = reportOf({ ...rest, results, profile: "akm-guide", claims: akmClaims });
});

describe("the report of our server", () => {
  test("shows all that the guide claims, at both versions, by our own cases alone", () => {
    expect(unseenClaims(report.coverage)).toEqual([]);
  });

  test("claims every operation that the server offers, so that none is without a case", () => {
    expect([...akmClaims.operations].sort()).toEqual([...offeredOperations].sort());
  });

  test("counts what was seen of what a version defines", () => {
    const operations = report.summary.find(({ title }) => title === "Operations");
    expect(operations?.fractions).toEqual({
      "1.0": { seen: 15, defined: 28, seenOfClaimed: 15, claimed: 15 },
      "1.1": { seen: 16, defined: 30, seenOfClaimed: 16, claimed: 16 },
    });
  });

  test("names the server, the day and the evidence", () => {
    expect(report).toMatchObject({ server: "akm", date: "2026-01-31", player: "1.2.3" });
    const created = report.cases.find(({ name }) => name === "operations/destroy@1.1");
    expect(created).toMatchObject({
      outcome: "passed",
      evidence: [
        "0: Create → Success",
        "1: Destroy → Success",
        "2: Get → ItemNotFound",
        "3: Destroy → ItemNotFound",
      ],
    });
  });
});

test("what was not seen is not counted, and what is claimed of it is named", () => {
  const without = results.filter((each) => !each.case.name.includes("custom/interval"));
  const { coverage } = reportOf({ ...rest, results: without, claims: akmClaims });
  expect(unseenClaims(coverage)).toContain("Custom attribute types: Interval was not seen at 1.0");
  const types = coverage.find(({ category }) => category === "customTypes");
  expect(types && fractionOf(types, "1.1")).toMatchObject({ seen: 9, defined: 10, claimed: 10 });
});

describe("its pages", () => {
  test("the page of HTML is one file without a script, and shows every case", () => {
    const page = htmlPage(report, "the command");
    expect(page).not.toMatch(/<script|<link|<img|https?:|url\(/);
    for (const { case: played } of results) expect(page).toContain(played.name);
    expect(page).toContain("KMIP conformance of akm");
  });

  test("a server's text cannot become markup", () => {
    const page = htmlPage({ ...report, server: "<script>alert(1)</script>" }, "--");
    expect(page).not.toContain("<script");
  });

  test("the page of Markdown has a row a category and a row a case", () => {
    const page = markdownPage(report, "the command");
    expect(page).toMatch(
      /\| Operations +\| 15\/28 \(53 %\) +\| 16\/30 \(53 %\) +\| 15\/15 +\| 16\/16 +\|/,
    );
    expect(page).toContain("| operations/create@1.0 ");
  });
});
