import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { reportPath } from "./sum.mjs";

/** A vitest reporter: leaves the figures of each project in its folder, for `sum.mjs` to add up. */
export class CountReporter {
  /**
   * @param {ReadonlyArray<import("vitest/node").TestModule>} modules
   * @param {ReadonlyArray<{ message: string }>} errors  thrown outside every test
   */
  onTestRunEnd(modules, errors) {
    const projects = new Set(modules.map((module) => module.project));
    for (const project of projects) {
      const own = modules.filter((module) => module.project === project);
      const report = countModules(project.name, project.config.root, own);
      // vitest does not say whose they are; a run of `npm test` has one project.
      for (const error of errors) noteFailure(report, `${project.name}: ${error.message}`);
      const file = join(project.config.root, reportPath);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
    }
  }
}

/**
 * @param {string} name
 * @param {string} root
 * @param {ReadonlyArray<import("vitest/node").TestModule>} modules
 */
function countModules(name, root, modules) {
  /** @type {import("./sum.mjs").Report} */
  const report = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const module of modules) {
    const file = `${name} ${relative(root, module.moduleId)}`;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") report.passed += 1;
      else if (state === "failed") noteFailure(report, `${file}: ${test.fullName}`);
      else report.skipped += 1;
    }
    for (const error of module.errors()) noteFailure(report, `${file}: ${error.message}`);
  }
  return report;
}

/**
 * @param {import("./sum.mjs").Report} report
 * @param {string} line
 */
function noteFailure(report, line) {
  report.failed += 1;
  report.failures.push(line);
}
