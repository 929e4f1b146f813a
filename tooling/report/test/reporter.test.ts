import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startVitest } from "vitest/node";
import { CountReporter } from "../reporter.mjs";
import { reportPath, sumLines, sumReports } from "../sum.mjs";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "akm report "));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, text: string): void {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
}

async function runVitest(source: string): Promise<unknown> {
  put("some.test.js", source);
  const options = { root, config: false as const, watch: false, reporters: [new CountReporter()] };
  const before = process.exitCode;
  const vitest = await startVitest("test", [], {
    ...options,
    include: ["*.test.js"],
    globals: true,
  });
  await vitest.close();
  process.exitCode = before;
  return JSON.parse(readFileSync(join(root, reportPath), "utf8"));
}

test("passed, failed and skipped tests are counted, the failed ones by name", async () => {
  const source = `
    test("good", () => {});
    describe("group", () => test("bad", () => expect(1).toBe(2)));
    test.skip("not now", () => {});
    test.todo("later");`;
  expect(await runVitest(source)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 2,
    failures: [" some.test.js: group > bad"],
  });
});

test("a file that cannot be loaded is one failure", async () => {
  expect(await runVitest("throw new Error('no such table')")).toMatchObject({
    passed: 0,
    failed: 1,
    failures: [" some.test.js: no such table"],
  });
});

test("an error outside every test is one failure", async () => {
  const source = `
    test("good", () => {
      setTimeout(() => { throw new Error("late") });
      return new Promise((done) => setTimeout(done, 50));
    });`;
  expect(await runVitest(source)).toMatchObject({ passed: 1, failed: 1 });
});

test("the reports of all packages are added up, skipped ones named only where there are any", () => {
  put("packages/ttlv/.report/tests.json", '{"passed":2,"failed":0,"skipped":0,"failures":[]}');
  put("apps/akm/.report/tests.json", '{"passed":1,"failed":1,"skipped":0,"failures":["akm: x"]}');
  put("packages/store/package.json", "{}");
  expect(sumLines(sumReports(root))).toEqual(["failed: akm: x", "3 passed, 1 failed"]);
  put("packages/store/.report/tests.json", '{"passed":1,"failed":0,"skipped":4,"failures":[]}');
  expect(sumLines(sumReports(root)).at(-1)).toBe("4 passed, 1 failed, 4 skipped");
});
