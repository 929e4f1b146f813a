// `pnpm pack-alone [FOLDER]`: packs the server with all of ours that it stands on into one tarball, which
// `npm install` takes in any empty folder. Needs a build.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { packAlone } from "./alone.ts";
import { readPublished } from "./published.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const [destination = "."] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), "akm-alone-"));
try {
  const published = readPublished(root);
  console.log(packAlone({ name: "@akm/akm", published, work, destination: resolve(destination) }));
} finally {
  rmSync(work, { recursive: true, force: true });
}
