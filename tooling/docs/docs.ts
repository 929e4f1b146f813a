// `pnpm run docs`: writes the pages that are derived from declarations. With --check it writes nothing, and fails with a
// line for each page that differs.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { apiPages } from "./api/pages.ts";
import { differingPages, pages } from "./pages.ts";

const root = new URL("../../", import.meta.url);
const folder = new URL("docs/", root);
// The pages of the API are read from what the compiler writes.
execFileSync(fileURLToPath(new URL("node_modules/.bin/tsc", root)), ["-b", fileURLToPath(root)]);
const all = [...pages, ...apiPages(root)];
const differing = differingPages(all, (file) => {
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
  mkdirSync(new URL("api/", folder), { recursive: true });
  for (const { file, text } of differing) writeFileSync(new URL(file, folder), text);
}
console.log(`docs: ${all.length} pages, ${differing.length} of them differed`);
