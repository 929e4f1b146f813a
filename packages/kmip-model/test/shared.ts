import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const vectors = resolve(root, process.env["AKM_VECTORS"] ?? "../shared/vectors");

/**
 * A JSON file beside or within the folder of vectors, by its path from there. Absent: says so and gives `undefined`,
 * and the tests on it are skipped; where CI is set it throws, so that no check passes unrun.
 */
export function sharedJson(path: string): unknown {
  const file = resolve(vectors, path);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  const text = `no ${file}: set AKM_VECTORS to the folder of vectors`;
  if (process.env["CI"]) throw new Error(text);
  console.warn(`skipped: ${text}`);
  return undefined;
}
