import type { Fault } from "./fault.ts";
import { isIn } from "./list.ts";
import { type Package, placeOf, target } from "./workspace.ts";

interface Arrow {
  readonly path: string;
  readonly line: number;
  readonly from: string;
  readonly to: string;
}

/** The rules inside a package: no import, of types too, runs up a floor; siblings that stay apart do not import each other. */
export function floorFaults(whole: Package): Fault[] {
  const { floors = [], apart = [] } = whole.rule;
  const floorOf = (place: string) => floors.findIndex((floor) => isIn(floor, place));
  return arrowsOf(whole).flatMap(({ path, line, from, to }) => {
    const faults: Fault[] = [];
    const [above, below] = [floorOf(from), floorOf(to)];
    if (below >= 0 && above > below) {
      const because = `arrows run down: ${floors.map((floor) => floor.join(", ")).join(" → ")}`;
      faults.push({ path, line, text: `imports ${to} from a floor below it`, because });
    }
    for (const folder of apart) {
      const [one, other] = [childOf(folder, from), childOf(folder, to)];
      if (!one || !other || one === other || [one, other].includes("index")) continue;
      const because = `each of ${folder}/ is read, tested and removed by itself; what two share stands below them`;
      faults.push({ path, line, text: `imports its neighbour ${to}`, because });
    }
    return faults;
  });
}

/** Files and folders directly in `src` that the floors of the package do not name: nothing is checked of them. */
export function placesWithoutFloor({ rule, src, ...rest }: Package): string[] {
  const { floors } = rule;
  if (!floors) return [];
  const places = src.map(({ path }) => placeOf({ rule, src, ...rest }, path));
  const tops = places
    .filter((place) => !isIn(floors.flat(), place))
    .map((place) => place.split("/")[0]);
  return [...new Set(tops as string[])];
}

function arrowsOf(whole: Package): Arrow[] {
  return whole.src.flatMap(({ path, imports }) =>
    imports.flatMap(({ specifier, line }) => {
      const to = target(path, specifier);
      if (!to?.startsWith(`${whole.rule.folder}/src/`)) return [];
      return [{ path, line, from: placeOf(whole, path), to: placeOf(whole, to) }];
    }),
  );
}

/** The direct child of `folder` in which a place stands: `activate` for `operations/activate`. */
function childOf(folder: string, place: string): string | undefined {
  return place.startsWith(`${folder}/`) ? place.slice(folder.length + 1).split("/")[0] : undefined;
}
