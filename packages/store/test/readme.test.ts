import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("the README's example runs and says what its comments say", () => {
  const text = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const example = /```ts\n(.*?)```/s.exec(text)?.[1] ?? "";
  const flags = ["--conditions=akm-source", "--input-type=module-typescript", "--eval", example];
  const cwd = new URL("..", import.meta.url);
  const output = execFileSync(process.execPath, flags, { cwd, encoding: "utf8" });
  expect(output.split("\n").slice(0, 3)).toEqual([
    "{ outcome: 'committed' }",
    "{ outcome: 'conflict', on: 'version', id: 'key-1' }",
    "[ 'key-1' ]",
  ]);
});
