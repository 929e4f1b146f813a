import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { exitCodes, Failure } from "../failure.ts";
import type { Case } from "../play/case.ts";
import { casesAt, ownCases } from "../play/folder.ts";
import { probe } from "../report/probes.ts";
import { faultsOf, readExpectedFailures } from "../verdict/expected-failures.ts";
import { profiles, type ServerProfile } from "../verdict/profiles.ts";
import { playCases, type Result } from "../verdict/result.ts";
import { type Arguments, helpText, readArguments } from "./arguments.ts";
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
  const cases = chosenCases(given, around);
  const profile = profileOf(given);
  const connected = connectTo(given);
  try {
    const results = await play(cases, { given, around, connected, profile });
    const probes = given.command === "report" ? await probe(connected.endpoint) : [];
    if (given.junit !== undefined) writeFileSync(given.junit, junitXml(results));
    const expected =
      given.expectedFailures === undefined ? {} : readExpectedFailures(given.expectedFailures);
    const faults = [...faultsOf(results, given.only === undefined ? expected : {})];
    if (given.command === "report")
      faults.push(...writeReport({ given, around, results, probes, profile }));
    else if (given.json) around.print(JSON.stringify(results.map(summaryOf), null, 2));
    else around.print(totalText(results));
    return conclude(faults, { given, around, profile });
  } finally {
    await connected.close();
  }
}

interface Run {
  readonly given: Arguments;
  readonly around: Surroundings;
  readonly profile: ServerProfile | undefined;
}

async function play(
  cases: readonly Case[],
  { given, around, connected, profile }: Run & { readonly connected: Connected },
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

function chosenCases({ cases, only = "" }: Arguments, { env }: Surroundings): readonly Case[] {
  const vectors = env["AKM_VECTORS"];
  const paths =
    cases.length > 0 ? cases : [ownCases, ...(vectors === undefined ? [] : [join(vectors, "xml")])];
  const chosen = casesAt(paths).filter(({ name }) => name.includes(only));
  if (chosen.length === 0)
    throw new Failure("usage", `--only ${only}: no case has this in its name`);
  return chosen;
}

function profileOf({ profile }: Arguments): ServerProfile | undefined {
  if (profile === undefined) return undefined;
  const found = Object.hasOwn(profiles, profile) ? profiles[profile] : undefined;
  if (found !== undefined) return found;
  throw new Failure("usage", `--profile ${profile}: there is ${Object.keys(profiles).join(", ")}`);
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
