import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type Example, readExamples, run, typeErrors } from "../examples.ts";

const folder = fileURLToPath(new URL("sample/", import.meta.url));
const [good, bad] = readExamples(folder) as [Example, Example];

test("only blocks of TypeScript are examples", () => {
  expect(readExamples(folder)).toHaveLength(2);
});

test("an example prints what its comments say", () => {
  expect(good.says).toEqual(["42 apples", "{ sum: 42 }"]);
  expect(run(good, folder)).toEqual(good.says);
});

test("a comment that says something else is noticed", () => {
  expect(run(bad, folder)).not.toEqual(bad.says);
});

test("the compiler is content with a sound example", { timeout: 60_000 }, () => {
  expect(typeErrors([good], folder)).toBe("");
});

test("the compiler's complaint names the example", { timeout: 60_000 }, () => {
  expect(typeErrors([good, bad], folder)).toMatch(/^\S*example-2\.ts\(1,7\): error TS2322/);
});
