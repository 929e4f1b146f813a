import { execFileSync } from "node:child_process";
import { testReadme } from "@akm/readme";
import { expect, test } from "vitest";

testReadme(new URL("..", import.meta.url));

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
