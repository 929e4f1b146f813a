import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { CountReporter } from "./tooling/report/reporter.mjs";

/** The folders of the workspace that have tests to run: a package.json with a script "test". */
function testedFolders(): { root: string; name: string }[] {
  return ["packages", "apps", "tooling"].flatMap((folder) =>
    readdirSync(new URL(folder, import.meta.url)).flatMap((entry) => {
      const file = new URL(`${folder}/${entry}/package.json`, import.meta.url);
      if (!existsSync(file)) return [];
      const { name, scripts } = JSON.parse(readFileSync(file, "utf8"));
      return scripts?.test ? [{ root: `${folder}/${entry}`, name }] : [];
    }),
  );
}

/** What a package starts once for all its tests, if it has such a file. */
function setupOf(folder: string): string[] {
  const file = new URL(`${folder}/test/support/global-setup.ts`, import.meta.url);
  return existsSync(file) ? [fileURLToPath(file)] : [];
}

// One project for each workspace package, so that `vitest run` at the root runs
// all of them and `--project NAME` (each package's own "test") runs one.
export default defineConfig({
  resolve: { conditions: ["akm-source"] },
  ssr: { resolve: { conditions: ["akm-source"] } },
  test: {
    reporters: ["default", new CountReporter()],
    projects: testedFolders().map(({ root, name }) => ({
      extends: true,
      root,
      test: {
        name,
        include: ["test/**/*.test.ts"],
        globalSetup: setupOf(root),
        // Nothing is asserted on a clock; these only end what hangs, and a busy machine is slow.
        testTimeout: 60_000,
        hookTimeout: 60_000,
      },
    })),
  },
});
