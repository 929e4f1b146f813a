import { versions } from "../play/case.ts";
import type { Finding } from "../verdict/judge.ts";
import type { Result } from "../verdict/result.ts";
import { escapeXml } from "../xml/read-xml.ts";

/** The results as JUnit XML, which CI systems show: a suite a version, a test case a case. */
export function junitXml(results: readonly Result[]): string {
  const suites = versions.map((version) =>
    suite(
      version,
      results.filter((each) => each.case.version === version),
    ),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<testsuites>",
    ...suites,
    "</testsuites>",
    "",
  ].join("\n");
}

function suite(version: string, results: readonly Result[]): string {
  const count = (outcome: string) =>
    results.filter(({ verdict }) => verdict.outcome === outcome).length;
  const attributes = `tests="${results.length}" failures="${count("failed")}" skipped="${count("notOffered")}"`;
  return [
    `<testsuite name="KMIP ${version}" ${attributes}>`,
    ...results.map(testCase),
    "</testsuite>",
  ].join("\n");
}

function testCase({ case: { name, version }, verdict }: Result): string {
  const open = `<testcase classname="KMIP ${version}" name="${escapeXml(name)}"`;
  const text = escapeXml(verdict.findings.map(findingText).join("\n"));
  switch (verdict.outcome) {
    case "passed":
      return `${open}/>`;
    case "notOffered":
      return `${open}><skipped message="not offered"/></testcase>`;
    case "failed":
      return `${open}><failure message="differs">${text}</failure></testcase>`;
  }
}

/** A difference in a line. */
export function findingText({ step, path, expected, got }: Finding): string {
  return `step ${step}${path === "" ? "" : `, ${path}`}: expected ${expected}, got ${got}`;
}
