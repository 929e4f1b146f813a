// `pnpm run docs`: writes the pages that are derived from declarations. With --check it writes nothing, and fails with a
// line for each page that differs.
import { readFileSync, writeFileSync } from "node:fs";
import { differingPages, pages } from "./pages.ts";

const folder = new URL("../../docs/", import.meta.url);
const differing = differingPages(pages, (file) => {
  try {
    return readFileSync(new URL(file, folder), "utf8");
  } catch {
    return undefined;
  }
});
if (process.argv.includes("--check")) {
  for (const { file } of differing) {
    console.error(
      `docs/${file} is not what the declarations say: run "pnpm run docs" and commit it`,
    );
  }
  process.exitCode = differing.length === 0 ? 0 : 1;
} else {
  for (const { file, text } of differing) writeFileSync(new URL(file, folder), text);
}
console.log(`docs: ${pages.length} pages, ${differing.length} of them differed`);
