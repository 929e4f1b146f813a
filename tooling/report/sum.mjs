import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where a package's report lies, from the package: written by `reporter.mjs`, kept by turbo's cache. */
export const reportPath = join(".report", "tests.json");

/**
 * What one package's tests came to.
 *
 * @typedef {object} Report
 * @property {number} passed
 * @property {number} failed   a file that cannot be loaded counts as one
 * @property {number} skipped
 * @property {string[]} failures  a line for each failed test: package, file, title
 */

/**
 * The report files that may stand in the workspace, one a package, whether they exist or not.
 *
 * @param {string} root
 * @returns {string[]}
 */
export function reportFiles(root) {
  return ["packages", "apps", "tooling"]
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name, reportPath)));
}

/**
 * All reports of the workspace in one.
 *
 * @param {string} root
 * @returns {Report}
 */
export function sumReports(root) {
  /** @type {Report[]} */
  const reports = reportFiles(root)
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, "utf8")));
  const total = (/** @type {"passed" | "failed" | "skipped"} */ name) =>
    reports.reduce((sum, report) => sum + report[name], 0);
  return {
    passed: total("passed"),
    failed: total("failed"),
    skipped: total("skipped"),
    failures: reports.flatMap((report) => report.failures),
  };
}

/**
 * The same with more failures, each counted as one.
 *
 * @param {Report} sum
 * @param {readonly string[]} lines
 * @returns {Report}
 */
export function addFailures(sum, lines) {
  return {
    ...sum,
    failed: sum.failed + lines.length,
    failures: [...sum.failures, ...lines],
  };
}

/**
 * What is said at the end of a run: a line for each failure, and one line of figures.
 *
 * @param {Report} sum
 * @returns {string[]}
 */
export function sumLines({ passed, failed, skipped, failures }) {
  const skips = skipped > 0 ? `, ${skipped} skipped` : "";
  return [
    ...failures.map((line) => `failed: ${line}`),
    `${passed} passed, ${failed} failed${skips}`,
  ];
}
