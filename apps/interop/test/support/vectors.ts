import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

/** The folder of OASIS's cases in XML; `AKM_VECTORS` names the one above it. */
export const publishedCases = resolve(
  root,
  process.env["AKM_VECTORS"] ?? "../shared/vectors",
  "xml",
);

/** Tests that need it. Without the folder they are skipped and say so; under CI that is a failure. */
export function describeWithVectors(title: string, tests: () => void): void {
  if (existsSync(publishedCases)) {
    describe(title, tests);
  } else {
    test.skipIf(!process.env["CI"])(`${title}: no vectors, set AKM_VECTORS to their folder`, () => {
      expect.unreachable(`no folder ${publishedCases}`);
    });
  }
}
