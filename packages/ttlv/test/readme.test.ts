import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as example from "./readme-example.ts";

test("the README's example is the one that is compiled and run here", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const source = readFileSync(new URL("readme-example.ts", import.meta.url), "utf8");
  const shown = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? "none";
  expect(source.replaceAll(/^export (?=const)/gm, "").replaceAll(/\s/g, "")).toContain(
    shown.replaceAll(/\s/g, ""),
  );
  expect(example.type).toBe("SymmetricKey");
  expect(example.id).toBe("k-1");
});
