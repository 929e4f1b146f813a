// `pnpm arrows`: fails with a line for each import that arrows.json does not allow.
// `pnpm arrows --write` first draws the list's diagram into ARCHITECTURE.md.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkArrows } from "./check.ts";
import { faultLine } from "./fault.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
if (process.argv.includes("--write")) {
  writeFileSync(join(root, "ARCHITECTURE.md"), checkArrows(root).page);
}
const { faults, notes } = checkArrows(root);
for (const note of notes) console.log(`note: ${note}`);
for (const fault of faults) console.error(faultLine(fault));
console.log(faults.length === 0 ? "arrows: all as listed" : `arrows: ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
