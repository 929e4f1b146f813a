import { type ArrowList, type PackageRule, shortName } from "./list.ts";

const [begin, end] = ["<!-- arrows: written by `pnpm arrows --write` -->", "<!-- /arrows -->"];

/** The page with the diagram of the list between its two markers. @throws where the page has no markers. */
export function withDiagram(page: string, list: ArrowList): string {
  const [head, rest] = cut(page, begin);
  const [, tail] = cut(rest, end);
  return `${head}${begin}\n\n${diagram(list)}\n${end}${tail}`;
}

function cut(text: string, marker: string): [string, string] {
  const at = text.indexOf(marker);
  if (at < 0) throw new Error(`no marker ${marker}`);
  return [text.slice(0, at), text.slice(at + marker.length)];
}

/** Packages as boxes, arrows that follow from others left out; then the floors inside packages that have some. */
function diagram({ packages }: ArrowList): string {
  const boxes = packages.map((rule) => `  ${shortName(rule)}["${rule.folder}<br>${rule.does}"]`);
  const arrows = packages.flatMap((rule) =>
    nearest(rule, packages).map((name) => `  ${shortName(rule)} --> ${name}`),
  );
  const floors = packages.flatMap((rule) =>
    rule.floors
      ? [`Inside \`${shortName(rule)}\`: ${rule.floors.map(floorText).join(" → ")}.`, ""]
      : [],
  );
  return ["```mermaid", "graph TD", ...boxes, ...arrows, "```", "", ...floors].join("\n");
}

function floorText(floor: readonly string[]): string {
  return floor.map((place) => `\`${place}\``).join(", ");
}

/** The packages that a package may import, without those that one of the others brings. */
function nearest(rule: PackageRule, all: readonly PackageRule[]): string[] {
  const below = (name: string): string[] => {
    const own = all.find((one) => shortName(one) === name)?.packages ?? [];
    return own.flatMap((next) => [next, ...below(next)]);
  };
  const own = rule.packages ?? [];
  const brought = new Set(own.flatMap(below));
  return own.filter((name) => !brought.has(name));
}
