import type { Fault } from "./fault.ts";
import { type PackageRule, placesOf, shortName } from "./list.ts";
import type { Package } from "./workspace.ts";

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

interface Tsconfig {
  readonly references?: readonly { readonly path: string }[];
}

/** Faults of package.json and tsconfig.json: what they name must be what the list names, no more and no less. */
export function manifestFaults({ rule, manifest, tsconfig }: Package): Fault[] {
  return [...dependencyFaults(rule, manifest), ...referenceFaults(rule, tsconfig)];
}

function dependencyFaults(rule: PackageRule, text: string): Fault[] {
  const { dependencies, optionalDependencies, peerDependencies }: Manifest = JSON.parse(text);
  const named = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
  const listed = [...(rule.packages ?? []).map(scoped), ...Object.keys(rule.libraries ?? {})];
  const covers = (entry: string, name: string) => placesOf({ [entry]: [] }, name) !== undefined;
  const file = { path: `${rule.folder}/package.json`, because: becauseOf(rule) };
  return [
    ...named
      .filter((name) => !listed.some((entry) => covers(entry, name)))
      .map((name) => ({ ...file, line: lineOf(text, name), text: `depends on ${name}` })),
    ...listed
      .filter((entry) => !named.some((name) => covers(entry, name)))
      .map((entry) => ({ ...file, line: 1, text: `does not depend on ${entry}` })),
  ];
}

function referenceFaults(rule: PackageRule, text: string): Fault[] {
  const { references = [] }: Tsconfig = JSON.parse(text);
  const named = references.map(({ path }) => path.slice(path.lastIndexOf("/") + 1));
  const listed = rule.packages ?? [];
  const file = { path: `${rule.folder}/tsconfig.json`, because: becauseOf(rule) };
  return [
    ...named
      .filter((name) => !listed.includes(name))
      .map((name) => ({ ...file, line: lineOf(text, name), text: `references ${name}` })),
    ...listed
      .filter((name) => !named.includes(name))
      .map((name) => ({ ...file, line: 1, text: `does not reference ${name}` })),
  ];
}

function scoped(name: string): string {
  return `@akm/${name}`;
}

function becauseOf(rule: PackageRule): string {
  return `arrows.json says otherwise of ${shortName(rule)}: ${rule.because}`;
}

/** The first line that holds `mark`, counted from 1. */
function lineOf(text: string, mark: string): number {
  return text.split("\n").findIndex((line) => line.includes(mark)) + 1;
}
