import { readFileSync } from "node:fs";
import { Failure } from "../failure.ts";
import type { Result } from "./result.ts";

/** Cases that are known to fail, by name, each with its reason. */
export type ExpectedFailures = Readonly<Record<string, string>>;

/**
 * Reads a list of expected failures: a JSON object of names and reasons.
 *
 * @throws Failure `file`
 */
export function readExpectedFailures(file: string): ExpectedFailures {
  const list = parsed(file);
  if (typeof list !== "object" || list === null || Array.isArray(list)) {
    throw new Failure("file", `${file}: not an object of case names and reasons`);
  }
  for (const [name, reason] of Object.entries(list)) {
    if (typeof reason === "string" && reason.trim() !== "") continue;
    throw new Failure("file", `${file}: ${name} has no reason`);
  }
  return list as ExpectedFailures;
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new Failure("file", `${file}: ${(cause as Error).message}`, { cause });
  }
}

/**
 * What is wrong with a run, in a line each: a case that fails and is not listed, and a listed one that does not fail or
 * is not there.
 */
export function faultsOf(
  results: readonly Result[],
  expected: ExpectedFailures,
): readonly string[] {
  const failed = results.filter(({ verdict }) => verdict.outcome === "failed");
  const names = new Set(failed.map((result) => result.case.name));
  const played = new Set(results.map((result) => result.case.name));
  return [
    ...failed
      .filter((result) => !Object.hasOwn(expected, result.case.name))
      .map((result) => `${result.case.name} failed`),
    ...Object.entries(expected)
      .filter(([name]) => !names.has(name))
      .map(
        ([name, reason]) =>
          `${name} is expected to fail (${reason}) and ${played.has(name) ? "passes" : "was not played"}`,
      ),
  ];
}
