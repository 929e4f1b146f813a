import type { Fault } from "./fault.ts";
import { isIn, type Places, placesOf, shortName } from "./list.ts";
import type { Source } from "./sources.ts";
import { type Package, placeOf, target } from "./workspace.ts";

/**
 * The rules of what leaves a package: workspace packages, libraries, modules of Node, global names.
 * Tests may import what package.json gives them, but no more than `src` may they reach into another package.
 */
export function doorFaults(whole: Package): Fault[] {
  return [
    ...whole.src.flatMap((source) => [
      ...source.imports.flatMap((one) => {
        const text = wrongImport(whole, source.path, one.specifier);
        return text ? [fault(whole, source, one.line, text)] : [];
      }),
      ...globalFaults(whole, source),
    ]),
    ...[...whole.src, ...whole.test].flatMap((source) =>
      source.imports.flatMap((one) => {
        const text = reachesInside(whole, source.path, one.specifier);
        return text ? [fault(whole, source, one.line, text)] : [];
      }),
    ),
  ];
}

function fault({ rule }: Package, { path }: Source, line: number, text: string): Fault {
  return { path, line, text, because: rule.because };
}

function wrongImport(
  whole: Package,
  path: string,
  specifier: string | undefined,
): string | undefined {
  const { rule } = whole;
  const place = placeOf(whole, path);
  if (specifier === undefined) {
    return isIn(rule.computed ?? [], place) ? undefined : "imports a name made at run time";
  }
  if (specifier.startsWith(".")) return undefined;
  const own = /^@akm\/([^/]+)/.exec(specifier)?.[1];
  if (own === shortName(rule)) return `imports its own package by name, ${specifier}`;
  if (own) return rule.packages?.includes(own) ? undefined : `imports ${specifier}`;
  if (specifier.startsWith("node:"))
    return misplaced(placesOf(rule.node, specifier), place, specifier);
  const library = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  return misplaced(placesOf(rule.libraries, library), place, specifier);
}

function misplaced(
  places: Places | undefined,
  place: string,
  specifier: string,
): string | undefined {
  if (places === undefined) return `imports ${specifier}`;
  if (isIn(places, place)) return undefined;
  return `imports ${specifier}, which only ${places.join(" and ")} may`;
}

function reachesInside(
  { rule }: Package,
  path: string,
  specifier: string | undefined,
): string | undefined {
  const leaves = target(path, specifier)?.startsWith(`${rule.folder}/`) === false;
  const inside = /^@akm\/[^/]+\/(src|dist|test)(\/|$)/.test(specifier ?? "");
  return leaves || inside ? `reaches into another package by ${specifier}` : undefined;
}

/** Uses of the package's forbidden global names: `Buffer`, `Date.now`. */
function globalFaults(whole: Package, source: Source): Fault[] {
  const { tokens } = source;
  return (whole.rule.never ?? []).flatMap((name) => {
    const parts = name.split(".").flatMap((part, i) => (i > 0 ? [".", part] : [part]));
    return tokens.flatMap((token, at) => {
      const stands = parts.every((part, i) => tokens[at + i]?.text === part);
      const member = [".", "?."].includes(tokens[at - 1]?.text ?? "");
      const key = tokens[at + parts.length]?.text === ":";
      if (token.kind !== "word" || !stands || member || key) return [];
      return [fault(whole, source, token.line, `uses ${name}`)];
    });
  });
}
