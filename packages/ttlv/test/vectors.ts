import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

/** A message or fragment of the published vectors, as the files of the `hex` folder hold it. */
export interface Vector {
  readonly name: string;
  readonly hex: string;
  readonly ttlvStrict?: boolean;
  readonly bytes: Uint8Array;
  readonly tag: number;
}

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = resolve(root, process.env["AKM_VECTORS"] ?? "../shared/vectors", "hex");

/** The text of a file of vectors. */
export function vectorFile(name: string): string {
  return readFileSync(resolve(folder, name), "utf8");
}

/** The rows of a file of vectors. */
export function vectors(name: string): readonly Vector[] {
  const rows = JSON.parse(vectorFile(name)) as readonly Pick<Vector, "name" | "hex">[];
  return rows.map((row) => {
    const bytes = Uint8Array.from(Buffer.from(row.hex, "hex"));
    return { ...row, bytes, tag: Buffer.from(bytes).readUIntBE(0, 3) };
  });
}

/** Tests that need the vectors. Without the folder they are skipped and say so; under CI that is a failure. */
export function describeWithVectors(title: string, tests: () => void): void {
  if (existsSync(folder)) {
    describe(title, tests);
  } else {
    test.skipIf(!process.env["CI"])(`${title}: no vectors, set AKM_VECTORS to their folder`, () => {
      expect.unreachable(`no folder ${folder}`);
    });
  }
}
