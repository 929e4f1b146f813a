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
  const { dependencies, optionalDependencies, peerDependencies }: Manifest = JSON.parse(manifest);
  const named = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
  const { references = [] }: Tsconfig = JSON.parse(tsconfig);
  const referenced = references.map(({ path }) => path.slice(path.lastIndexOf("/") + 1));
  const listed = rule.packages ?? [];
  return [
    ...named
      .filter((name) => !isListed(rule, name))
      .map((name) => fault(rule, manifest, "package.json", `depends on ${name}`, name)),
    ...[...listed.map((name) => `@akm/${name}`), ...Object.keys(rule.libraries ?? {})]
      .filter((name) => !named.some((given) => placesOf({ [name]: [] }, given)))
      .map((name) => fault(rule, manifest, "package.json", `does not depend on ${name}`)),
    ...referenced
      .filter((name) => !listed.includes(name))
      .map((name) => fault(rule, tsconfig, "tsconfig.json", `references ${name}`, name)),
    ...listed
      .filter((name) => !referenced.includes(name))
      .map((name) => fault(rule, tsconfig, "tsconfig.json", `does not reference ${name}`)),
  ];
}

function isListed(rule: PackageRule, name: string): boolean {
  const own = name.startsWith("@akm/") ? name.slice("@akm/".length) : undefined;
  return own ? (rule.packages ?? []).includes(own) : placesOf(rule.libraries, name) !== undefined;
}

/** A fault at the first line of the file that holds `mark`, else at its first line. */
function fault(rule: PackageRule, text: string, file: string, what: string, mark = "{"): Fault {
  const line = text.split("\n").findIndex((one) => one.includes(mark)) + 1;
  const because = `arrows.json says otherwise of ${shortName(rule)}: ${rule.because}`;
  return { path: `${rule.folder}/${file}`, line: Math.max(line, 1), text: what, because };
}
