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

/** Faults of package.json, which names what the list does not, and of tsconfig.json, which must follow it. */
export function manifestFaults({ rule, manifest, tsconfig }: Package): Fault[] {
  const named = dependenciesOf(manifest);
  return [
    ...named
      .filter((name) => !listedIn(rule).some((entry) => covers(entry, name)))
      .map((name) => ({
        path: `${rule.folder}/package.json`,
        line: lineOf(manifest, name),
        text: `depends on ${name}`,
        because: `arrows.json does not list it for ${shortName(rule)}: ${rule.because}`,
      })),
    ...referenceFaults(
      rule,
      tsconfig,
      named.filter((name) => name.startsWith("@akm/")),
    ),
  ];
}

/** What the list would let the package depend on, and package.json does not name. */
export function unusedEntries({ rule, manifest }: Package): string[] {
  const named = dependenciesOf(manifest);
  return listedIn(rule).filter((entry) => !named.some((name) => covers(entry, name)));
}

function referenceFaults(rule: PackageRule, text: string, named: readonly string[]): Fault[] {
  const { references = [] }: Tsconfig = JSON.parse(text);
  const referenced = references.map(({ path }) => scoped(path.slice(path.lastIndexOf("/") + 1)));
  const file = {
    path: `${rule.folder}/tsconfig.json`,
    because:
      "references are the workspace's dependencies in package.json, so that `tsc -b` builds them first",
  };
  return [
    ...referenced
      .filter((name) => !named.includes(name))
      .map((name) => ({
        ...file,
        line: lineOf(text, name.slice("@akm/".length)),
        text: `references ${name}`,
      })),
    ...named
      .filter((name) => !referenced.includes(name))
      .map((name) => ({ ...file, line: 1, text: `does not reference ${name}` })),
  ];
}

/** Names of what a package needs when it runs. */
function dependenciesOf(text: string): string[] {
  const { dependencies, optionalDependencies, peerDependencies }: Manifest = JSON.parse(text);
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
}

function listedIn(rule: PackageRule): string[] {
  return [...(rule.packages ?? []).map(scoped), ...Object.keys(rule.libraries ?? {})];
}

function covers(entry: string, name: string): boolean {
  return placesOf({ [entry]: [] }, name) !== undefined;
}

function scoped(name: string): string {
  return `@akm/${name}`;
}

/** The first line that holds `mark`, counted from 1. */
function lineOf(text: string, mark: string): number {
  return text.split("\n").findIndex((line) => line.includes(mark)) + 1;
}
