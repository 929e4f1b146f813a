import type { Fault } from "./fault.ts";
import { isIn, type Places, placesOf, shortName } from "./list.ts";
import type { Token } from "./scan.ts";
import type { Source } from "./sources.ts";
import { type Package, placeOf, target } from "./workspace.ts";

/**
 * The rules of what leaves a package: workspace packages, libraries, modules of Node, global names.
 * Tests may import what package.json gives them, but no more than `src` may they reach into another package.
 */
export function doorFaults(whole: Package): Fault[] {
  const { because } = whole.rule;
  return [
    ...whole.src.flatMap((source) => [
      ...source.imports.flatMap((one) => {
        const text = wrongImport(whole, source.path, one.specifier);
        return text ? [{ path: source.path, line: one.line, text, because }] : [];
      }),
      ...globalFaults(whole, source),
    ]),
    ...[...whole.src, ...whole.test].flatMap((source) =>
      source.imports.flatMap((one) => {
        const text = reachesInside(whole, source.path, one.specifier);
        return text ? [{ path: source.path, line: one.line, text, because }] : [];
      }),
    ),
  ];
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
function globalFaults({ rule }: Package, { path, tokens }: Source): Fault[] {
  const { never = [], because } = rule;
  return never.flatMap((name) =>
    usesOf(name, tokens).map(({ line }) => ({ path, line, text: `uses ${name}`, because })),
  );
}

/** Where a dotted name stands by itself: not as another thing's member, not as a key. */
function usesOf(name: string, tokens: readonly Token[]): Token[] {
  const parts = name.split(".").flatMap((part, i) => (i > 0 ? [".", part] : [part]));
  return tokens.filter((token, at) => {
    const member = [".", "?."].includes(tokens[at - 1]?.text ?? "");
    const key = tokens[at + parts.length]?.text === ":";
    return (
      token.kind === "word" &&
      parts.every((part, i) => tokens[at + i]?.text === part) &&
      !member &&
      !key
    );
  });
}
