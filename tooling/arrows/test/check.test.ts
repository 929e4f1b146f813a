import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkArrows } from "../check.ts";
import { faultLine } from "../fault.ts";
import type { ArrowList } from "../list.ts";

// A house of two packages in which every arrow is right; each test plants one thing that is not.
const list: ArrowList = {
  packages: [
    {
      folder: "packages/server",
      does: "acts",
      because: "it acts",
      packages: ["bytes"],
      libraries: { pg: ["*"], "@pg/*": ["transport"] },
      node: { "node:tls": ["transport"] },
      computed: ["transport"],
      floors: [["index"], ["transport"], ["operations"], ["crypto"]],
      apart: ["operations"],
    },
    {
      folder: "packages/bytes",
      does: "knows bytes",
      because: "it knows bytes",
      never: ["Buffer", "Date.now"],
    },
  ],
};

const house: Record<string, string> = {
  "packages/server/package.json": JSON.stringify({
    dependencies: { "@akm/bytes": "workspace:^", pg: "catalog:" },
    optionalDependencies: { "@pg/linux": "catalog:" },
  }),
  "packages/server/tsconfig.json": '{ "references": [{ "path": "../bytes" }] }',
  "packages/server/src/index.ts": 'export * from "./transport/listen.ts";',
  "packages/server/src/transport/listen.ts":
    'import "node:tls";\nimport { all } from "../operations/index.ts";\nawait import(`@pg/${os}`);',
  "packages/server/src/operations/index.ts":
    'import { get } from "./get.ts";\nimport { create } from "./create.ts";',
  "packages/server/src/operations/get.ts":
    'import { seal } from "../crypto/seal.ts";\nimport "pg";',
  "packages/server/src/operations/create.ts": 'import type { B } from "@akm/bytes";',
  "packages/server/src/crypto/seal.ts": "export const seal = 1;",
  "packages/server/test/server.test.ts": 'import { seal } from "../src/crypto/seal.ts";',
  "packages/bytes/package.json": "{}",
  "packages/bytes/tsconfig.json": "{}",
  "packages/bytes/src/index.ts": "export const now = (clock: { now: number }) => clock.now;",
};

let root: string;

function put(path: string, text: string): void {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "akm arrows "));
  put("tooling/arrows/arrows.json", JSON.stringify(list));
  for (const [path, text] of Object.entries(house)) put(path, text);
  put("ARCHITECTURE.md", "<!-- arrows: written by `pnpm arrows --write` --><!-- /arrows -->");
  put("ARCHITECTURE.md", checkArrows(root).page);
});
afterEach(() => rmSync(root, { recursive: true }));

test("a house as listed has no faults and no notes", () => {
  expect(checkArrows(root)).toMatchObject({ faults: [], notes: [] });
});

const server = "packages/server/src";
test.each([
  [
    "a package that is not listed",
    "packages/bytes/src/up.ts",
    '\nimport "@akm/server";',
    "packages/bytes/src/up.ts:2: imports @akm/server (it knows bytes)",
  ],
  [
    "a type of a package that is not listed",
    "packages/bytes/src/up.ts",
    'import type { S } from "@akm/server";',
    "packages/bytes/src/up.ts:1: imports @akm/server (it knows bytes)",
  ],
  [
    "a library that is not listed",
    `${server}/crypto/hash.ts`,
    'export { h } from "hash-it/sub";',
    `${server}/crypto/hash.ts:1: imports hash-it/sub (it acts)`,
  ],
  [
    "a module of Node where nothing of Node is",
    "packages/bytes/src/file.ts",
    'import { open } from "node:fs";',
    "packages/bytes/src/file.ts:1: imports node:fs (it knows bytes)",
  ],
  [
    "a module of Node outside its folder",
    `${server}/crypto/tls.ts`,
    'import { connect } from "node:tls";',
    `${server}/crypto/tls.ts:1: imports node:tls, which only transport may (it acts)`,
  ],
  [
    "a library by a name made at run time",
    `${server}/crypto/load.ts`,
    "await import(name);",
    `${server}/crypto/load.ts:1: imports a name made at run time (it acts)`,
  ],
  [
    "its own package by name",
    "packages/bytes/src/self.ts",
    'import "@akm/bytes";',
    "packages/bytes/src/self.ts:1: imports its own package by name, @akm/bytes (it knows bytes)",
  ],
  [
    "a file of another package",
    "packages/server/test/deep.test.ts",
    'import "../../bytes/src/index.ts";',
    "packages/server/test/deep.test.ts:1: reaches into another package by ../../bytes/src/index.ts (it acts)",
  ],
  [
    "another package's src by its name",
    "packages/server/test/deep.test.ts",
    'import "@akm/bytes/src/index.ts";',
    "packages/server/test/deep.test.ts:1: reaches into another package by @akm/bytes/src/index.ts (it acts)",
  ],
  [
    "a global name that it never uses",
    "packages/bytes/src/copy.ts",
    "const a = Buffer.from(b);",
    "packages/bytes/src/copy.ts:1: uses Buffer (it knows bytes)",
  ],
  [
    "a member of a global that it never uses",
    "packages/bytes/src/copy.ts",
    "const a = Date.now();",
    "packages/bytes/src/copy.ts:1: uses Date.now (it knows bytes)",
  ],
  [
    "a floor above",
    `${server}/crypto/up.ts`,
    'import { get } from "../operations/get.ts";',
    `${server}/crypto/up.ts:1: imports operations/get from a floor below it (arrows run down: index → transport → operations → crypto)`,
  ],
  [
    "a neighbour",
    `${server}/operations/check.ts`,
    'import { get } from "./get.ts";',
    `${server}/operations/check.ts:1: imports its neighbour operations/get (each of operations/ is read, tested and removed by itself; what two share stands below them)`,
  ],
])("an import of %s is a fault", (_, path, text, line) => {
  put(path, text);
  expect(checkArrows(root).faults.map(faultLine)).toEqual([line]);
});

test("a circle of files is one fault, at the import that closes it", () => {
  put(`${server}/crypto/a.ts`, 'import "./b.ts";');
  put(`${server}/crypto/b.ts`, 'import "./c.ts";');
  put(`${server}/crypto/c.ts`, 'import { A } from "./a.ts";\nimport "./seal.ts";');
  const faults = checkArrows(root).faults.map(faultLine);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(
    /crypto\/c\.ts:1: closes the circle crypto\/a\.ts → crypto\/b\.ts → crypto\/c\.ts → crypto\/a\.ts/,
  );
});

test("a type from a floor above is a fault", () => {
  put(`${server}/crypto/up.ts`, 'import type { Get } from "../operations/get.ts";');
  expect(checkArrows(root).faults.map(faultLine)).toEqual([
    expect.stringContaining("crypto/up.ts:1: imports operations/get from a floor below it"),
  ]);
});

test("a circle that only types close is a fault", () => {
  put(`${server}/crypto/a.ts`, 'import "./b.ts";');
  put(`${server}/crypto/b.ts`, 'import type { A } from "./a.ts";');
  expect(checkArrows(root).faults.map(faultLine)).toEqual([
    expect.stringContaining("closes the circle crypto/a.ts → crypto/b.ts → crypto/a.ts"),
  ]);
});

test.each([
  ["package.json", '{\n"dependencies": {"left": "1"}\n}', 2, "depends on left"],
  ["package.json", '{"peerDependencies": {"right": "1"}}', 1, "depends on right"],
  ["tsconfig.json", '{"references": [{"path": "../server"}]}', 1, "references @akm/server"],
])("a %s that names more than the list, %j, is a fault", (file, text, line, what) => {
  put(`packages/bytes/${file}`, text);
  expect(checkArrows(root).faults).toMatchObject([
    { path: `packages/bytes/${file}`, line, text: what },
  ]);
});

test("a tsconfig.json that does not follow package.json is a fault", () => {
  put("packages/server/tsconfig.json", "{}");
  expect(checkArrows(root).faults).toMatchObject([
    { path: "packages/server/tsconfig.json", line: 1, text: "does not reference @akm/bytes" },
  ]);
});

test("an entry of the list that package.json does not use is noted", () => {
  put("packages/server/package.json", '{ "dependencies": { "@akm/bytes": "workspace:^" } }');
  expect(checkArrows(root)).toMatchObject({
    faults: [],
    notes: ["packages/server does not depend on pg", "packages/server does not depend on @pg/*"],
  });
});

test("a package that the list does not name is a fault", () => {
  put("apps/new/package.json", "{}");
  expect(checkArrows(root).faults).toMatchObject([{ path: "apps/new/package.json", line: 1 }]);
});

test("a diagram that is not the list's is a fault", () => {
  put("ARCHITECTURE.md", checkArrows(root).page.replace("server --> bytes", "bytes --> server"));
  expect(checkArrows(root).faults).toMatchObject([{ path: "ARCHITECTURE.md" }]);
});

test("a place without a floor is noted and not checked", () => {
  put(`${server}/later.ts`, 'import "./transport/listen.ts";');
  expect(checkArrows(root)).toMatchObject({
    faults: [],
    notes: ["packages/server/src/later has no floor"],
  });
});

test("the diagram leaves out arrows that follow from others", () => {
  const top = {
    folder: "apps/top",
    does: "starts",
    because: "it starts",
    packages: ["bytes", "server"],
  };
  put("tooling/arrows/arrows.json", JSON.stringify({ packages: [top, ...list.packages] }));
  put("apps/top/package.json", "{}");
  put("apps/top/tsconfig.json", "{}");
  const { page } = checkArrows(root);
  expect(page).toContain("top --> server");
  expect(page).not.toContain("top --> bytes");
});
