import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("the README's example runs and says what its comments say", () => {
  const text = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const example = /```ts\n(.*?)```/s.exec(text)?.[1] ?? "";
  const said = [...example.matchAll(/console\.log\(.*\/\/ (.*)$/gm)].map(([, comment]) => comment);
  const flags = ["--conditions=akm-source", "--input-type=module-typescript", "--eval", example];
  const cwd = new URL("..", import.meta.url);
  const output = execFileSync(process.execPath, flags, { cwd, encoding: "utf8" });
  expect(output.trimEnd().split("\n")).toEqual(said);
  expect(said).toHaveLength(3);
});

test("reading an identity does not load the library that makes certificates", () => {
  const program = `
    import { readIdentity } from "@akm/pki/identity";
    import { createAuthority } from "@akm/pki";
    console.log(typeof readIdentity, typeof createAuthority, typeof Reflect.getMetadata);`;
  const flags = ["--conditions=akm-source", "--input-type=module-typescript", "--eval", program];
  const cwd = new URL("..", import.meta.url);
  const output = execFileSync(process.execPath, flags, { cwd, encoding: "utf8" });
  // reflect-metadata, which has to be there before the library, adds this method.
  expect(output).toBe("function function undefined\n");
});
