import { readFileSync } from "node:fs";
import { join } from "node:path";
import { circleFaults } from "./circles.ts";
import { withDiagram } from "./diagram.ts";
import { doorFaults } from "./doors.ts";
import type { Fault } from "./fault.ts";
import { floorFaults, placesWithoutFloor } from "./floors.ts";
import { readList } from "./list.ts";
import { manifestFaults, unusedEntries } from "./manifests.ts";
import { readWorkspace, unlistedFolders } from "./workspace.ts";

/** What a look at the whole checkout gave. */
export interface Findings {
  readonly faults: readonly Fault[];
  /** Lines that fail nothing: places without a floor, entries without use. */
  readonly notes: readonly string[];
  /** ARCHITECTURE.md as the list wants it. */
  readonly page: string;
}

/** Looks at every package of the list in the checkout at `root`, and at the diagram in ARCHITECTURE.md. */
export function checkArrows(root: string): Findings {
  const packages = readWorkspace(root);
  const found = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
  const page = withDiagram(found, readList(root));
  return {
    faults: [
      ...packages.flatMap((whole) => [
        ...doorFaults(whole),
        ...floorFaults(whole),
        ...circleFaults(whole),
        ...manifestFaults(whole),
      ]),
      ...unlistedFolders(root).map(unlisted),
      ...(page === found ? [] : [stale]),
    ],
    notes: packages.flatMap((whole) => [
      ...placesWithoutFloor(whole).map((place) => `${whole.rule.folder}/src/${place} has no floor`),
      ...unusedEntries(whole).map((entry) => `${whole.rule.folder} does not depend on ${entry}`),
    ]),
    page,
  };
}

const stale: Fault = {
  path: "ARCHITECTURE.md",
  line: 1,
  text: "its diagram is not that of arrows.json",
  because: "one list: `pnpm arrows --write` draws it",
};

function unlisted(folder: string): Fault {
  const because = "a package that the list does not name is not checked at all";
  return { path: `${folder}/package.json`, line: 1, text: "is not in arrows.json", because };
}
