// `pnpm comments`: fails with a line for each export of a source file that has no doc comment.
import { fileURLToPath } from "node:url";
import { readSources } from "@akm/arrows/sources";
import { undocumentedExports } from "./undocumented.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const sources = ["packages", "apps", "tooling"]
  .flatMap((folder) => readSources(root, folder))
  .filter(({ path }) => !/\/(dist|test|bench)\//.test(path));
const lines = sources.flatMap(({ path, tokens }) =>
  undocumentedExports(tokens).map(
    ({ name, line }) => `${path}:${line}: ${name} has no doc comment`,
  ),
);
for (const line of lines) console.error(line);
console.log(`comments: ${sources.length} files, ${lines.length} exports without a doc comment`);
process.exitCode = lines.length === 0 ? 0 : 1;
