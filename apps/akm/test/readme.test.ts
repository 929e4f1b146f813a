import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { testReadme } from "@akm/readme";
import { expect, onTestFinished, test } from "vitest";
import { hasPyKmip, python } from "./support/pykmip.ts";

const folder = new URL("..", import.meta.url);

testReadme(folder);

/** The README's one block in this language. */
function blockIn(language: string): string {
  const text = readFileSync(new URL("README.md", folder), "utf8");
  return new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "ms").exec(text)?.[1] ?? "";
}

/** A folder within the package, so that its name resolves there; it goes with the test. */
function place(): string {
  const reports = join(fileURLToPath(folder), ".report");
  mkdirSync(reports, { recursive: true });
  const made = mkdtempSync(join(reports, "readme-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

/** What a program says that is run by the README's `with-akm.mjs`. */
function runWithAkm(cwd: string, ...command: readonly string[]): string {
  writeFileSync(join(cwd, "with-akm.mjs"), blockIn("js"));
  const args = ["--conditions=akm-source", "with-akm.mjs", ...command];
  return execFileSync(process.execPath, args, { cwd, encoding: "utf8" });
}

test("with-akm.mjs runs a program that finds a server and its certificate", () => {
  const program =
    "const { KMIP_HOST, KMIP_FILES } = process.env; console.log(KMIP_HOST, fs.readdirSync(KMIP_FILES));";
  const said = runWithAkm(place(), process.execPath, "--eval", program);
  expect(said).toBe("127.0.0.1 [ 'ca.pem', 'cert.pem', 'key.pem' ]\n");
});

test("with-akm.mjs ends as its program does", () => {
  const run = () => runWithAkm(place(), process.execPath, "--eval", "process.exit(7)");
  expect(run).toThrow(expect.objectContaining({ status: 7 }));
});

test.runIf(hasPyKmip())("the test with PyKMIP passes", () => {
  const cwd = place();
  writeFileSync(join(cwd, "test_keys.py"), blockIn("python"));
  runWithAkm(cwd, python, "-B", "-m", "unittest", "test_keys");
});
