import { expect, test } from "vitest";
import { callerFolder, childEnv, turboTestArgs } from "../plan.mjs";

test("what npm says about its own call is not handed on, other settings of npm are", () => {
  const env = childEnv(
    {
      npm_config_loglevel: "silent",
      npm_config_registry: "https://registry.invalid",
      npm_lifecycle_event: "start",
      npm_package_json: "/house/package.json",
      PATH: "/bin",
    },
    "/house",
  );
  expect(env).toEqual({
    npm_config_registry: "https://registry.invalid",
    PATH: "/house/node_modules/.bin:/bin",
    TURBO_TELEMETRY_DISABLED: "1",
  });
});

test("a relative folder is the caller's, where npm was called for this package", () => {
  const env = { npm_package_json: "/house/package.json", INIT_CWD: "/garden" };
  expect(callerFolder(env, "/house")).toBe("/garden");
});

test("another package's npm call says nothing about the caller", () => {
  const env = { npm_package_json: "/other/package.json", INIT_CWD: "/garden" };
  expect(callerFolder(env, "/house")).toBe(process.cwd());
});

test.each([
  [[], []],
  [["--force"], ["--force"]],
  [["--only", "@akm/ttlv"], ["--filter=@akm/ttlv"]],
  [
    ["--only", "ttlv", "--only", "pki"],
    ["--filter=@akm/ttlv", "--filter=@akm/pki"],
  ],
  [
    ["--only", "ttlv", "--", "--only", "-t", "x"],
    ["--filter=@akm/ttlv", "--", "--only", "-t", "x"],
  ],
])("npm test -- %j asks turbo for %j", (args, asked) => {
  expect(turboTestArgs(args).slice(3)).toEqual(asked);
});
