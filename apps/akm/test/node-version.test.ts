import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { nodeFault, oldestNode } from "../src/process/node-version.ts";

test.each(["18.20.4", "20.20.2", "22.9.0", "22.18.9"])("Node %s is refused", (version) => {
  expect(nodeFault(version)).toMatch(`Node ${version} is too old for akm, which runs on 22.19.0`);
});

test.each([oldestNode, "22.20.1", "24.0.0", "100.1.2", process.versions.node])(
  "Node %s will do",
  (version) => {
    expect(nodeFault(version)).toBeUndefined();
  },
);

test("the package says the same", () => {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  expect(JSON.parse(text).engines.node).toBe(`>=${oldestNode}`);
});
