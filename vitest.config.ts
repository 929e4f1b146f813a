import { readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

// One project for each workspace package, so that `vitest run` at the root runs
// all of them and `--project NAME` (each package's own "test") runs one.
const folders = [
  "packages/ttlv",
  "packages/kmip-model",
  "packages/store",
  "packages/store-postgres",
  "packages/pki",
  "packages/kmip-server",
  "packages/kmip-client",
  "apps/akm",
  "apps/interop",
];

function nameOf(folder: string): string {
  return JSON.parse(readFileSync(new URL(`${folder}/package.json`, import.meta.url), "utf8")).name;
}

export default defineConfig({
  resolve: { conditions: ["akm-source"] },
  ssr: { resolve: { conditions: ["akm-source"] } },
  test: {
    projects: folders.map((root) => ({
      extends: true,
      root,
      test: { name: nameOf(root), include: ["test/**/*.test.ts"] },
    })),
  },
});
