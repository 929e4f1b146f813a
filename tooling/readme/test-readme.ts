import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readExamples, run, typeErrors } from "./examples.ts";

/**
 * Declares the tests of a package's README, from the package's own test folder: there is an example, all of them
 * compile, and each prints what the comments behind its `console.log`s say.
 *
 * @param runs  false for examples that need what a test has not, a database for instance
 * @param from  a package whose dependencies the examples use, where they are not those of the README's own
 */
export function testReadme(packageFolder: URL, { runs = true, from = packageFolder } = {}): void {
  const folder = fileURLToPath(from);
  const examples = readExamples(fileURLToPath(packageFolder));
  describe("README.md", () => {
    test("shows how to use the package", () => {
      expect(examples.length).toBeGreaterThan(0);
    });
    test("has examples that compile", { timeout: 60_000 }, () => {
      expect(typeErrors(examples, folder)).toBe("");
    });
    for (const [at, example] of runs ? examples.entries() : []) {
      test(`has in example ${at + 1} what it prints`, { timeout: 60_000 }, () => {
        expect(run(example, folder)).toEqual(example.says);
      });
    }
  });
}
