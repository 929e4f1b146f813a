import { writeFileSync } from "node:fs";
import { exitCodes, Failure } from "../failure.ts";
import type { Case } from "../play/case.ts";
import { probe } from "../report/probes.ts";
import {
  type ExpectedFailures,
  faultsOf,
  readExpectedFailures,
} from "../verdict/expected-failures.ts";
import type { ServerProfile } from "../verdict/profiles.ts";
import { playCases, type Result } from "../verdict/result.ts";
import { type Arguments, helpText, readArguments } from "./arguments.ts";
import { chosenCases, chosenProfile } from "./choose.ts";
import { type Connected, connectTo } from "./connect.ts";
import { findingText, junitXml } from "./junit.ts";
import { writeReport } from "./report.ts";
import type { Surroundings } from "./surroundings.ts";

/** Runs what the arguments ask for; returns the exit code. */
export async function runCommandLine(
  args: readonly string[],
  around: Surroundings,
): Promise<number> {
  try {
    const given = readArguments(args);
    if (given !== undefined) return await run(given, around);
    around.print(helpText);
    return 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    around.complain(`akm-interop: ${error.message}`);
    return exitCodes[error.kind];
  }
}

async function run(given: Arguments, around: Surroundings): Promise<number> {
  const profile = chosenProfile(given);
  const cases = chosenCases(given, profile, around.env);
  const expected = expectedFailuresOf(given);
  const connected = connectTo(given);
  try {
    const results = await play(cases, { given, around, connected, profile });
    if (given.junit !== undefined) writeFileSync(given.junit, junitXml(results));
    const shortcomings = await tell(results, { given, around, connected, profile });
    return conclude([...faultsOf(results, expected), ...shortcomings], { given, around, profile });
  } finally {
    await connected.close();
  }
}

/** Prints what came of it; gives what a report finds beside the cases. */
async function tell(
  results: readonly Result[],
  { given, around, connected, profile }: Playing,
): Promise<readonly string[]> {
  if (given.command === "report") {
    const probes = await probe(connected.endpoint);
    return writeReport({ given, around, results, probes, profile });
  }
  around.print(given.json ? JSON.stringify(results.map(summaryOf), null, 2) : totalText(results));
  return [];
}

/** The list, as far as it speaks of the cases that are chosen. */
function expectedFailuresOf({ expectedFailures, only = "" }: Arguments): ExpectedFailures {
  if (expectedFailures === undefined) return {};
  const listed = Object.entries(readExpectedFailures(expectedFailures));
  return Object.fromEntries(listed.filter(([name]) => name.includes(only)));
}

interface Run {
  readonly given: Arguments;
  readonly around: Surroundings;
  readonly profile: ServerProfile | undefined;
}

interface Playing extends Run {
  readonly connected: Connected;
}

async function play(
  cases: readonly Case[],
  { given, around, connected, profile }: Playing,
): Promise<readonly Result[]> {
  return playCases(cases, {
    players: connected.players,
    profile: profile?.cases,
    onResult(result) {
      if (!given.json) for (const line of progressOf(result)) around.print(line);
    },
  });
}

/** A report of a server of which nothing is known is no judgement: what differs is in it. */
function conclude(faults: readonly string[], { given, around, profile }: Run): number {
  if (given.command === "report" && profile === undefined) return 0;
  for (const fault of faults) around.complain(`akm-interop: ${fault}`);
  return faults.length === 0 ? 0 : 1;
}

const marks = { passed: "ok  ", notOffered: "none", failed: "FAIL" } as const;

function progressOf({ case: { name }, steps, verdict }: Result): readonly string[] {
  const { applicability, outcome, findings } = verdict;
  const what =
    applicability.class === "passes" ? "" : `, ${applicability.class}: ${applicability.because}`;
  return [
    `${marks[outcome]} ${name} (${steps.length} steps${what})`,
    ...(outcome === "failed" ? findings.map((finding) => `       ${findingText(finding)}`) : []),
  ];
}

function summaryOf({ case: { name, version }, verdict }: Result): object {
  const { applicability, outcome, findings } = verdict;
  return { name, version, class: applicability.class, outcome, findings };
}

function totalText(results: readonly Result[]): string {
  const count = (outcome: string) =>
    results.filter(({ verdict }) => verdict.outcome === outcome).length;
  return `${results.length} cases: ${count("passed")} passed, ${count("notOffered")} not offered, ${count("failed")} failed`;
}
