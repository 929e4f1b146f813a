import { delimiter, join } from "node:path";

/**
 * The environment for what runs here: the workspace's own tools first, and none of the variables by which npm
 * describes its own call, which pnpm would read as its own.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} root
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnv(env, root) {
  const kept = Object.entries(env).filter(
    ([name]) => !/^npm_(package|lifecycle)_|^npm_config_loglevel$/i.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    TURBO_TELEMETRY_DISABLED: "1",
    PATH: [join(root, "node_modules", ".bin"), env["PATH"]].join(delimiter),
  };
}

/**
 * Where the caller stood, so that `--data DIR` means their DIR: npm and pnpm run scripts in the root of the
 * package and say in INIT_CWD where they were called; it counts only when they were called for this package.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} root
 * @returns {string}
 */
export function callerFolder(env, root) {
  const ours = env["npm_package_json"] === join(root, "package.json");
  return (ours && env["INIT_CWD"]) || process.cwd();
}

/**
 * Arguments for turbo. `--only NAME`, as often as wanted, runs the tests of that package alone, with or without
 * its `@akm/`; whatever else is given is turbo's own (`--force`), and after `--` vitest's (`-- -t TITLE`).
 *
 * @param {readonly string[]} args
 * @returns {string[]}
 */
export function turboTestArgs(args) {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const own = args.slice(0, end).flatMap((arg, place, all) => {
    if (arg === "--only") return [];
    if (all[place - 1] !== "--only") return [arg];
    return [`--filter=${arg.startsWith("@") ? arg : `@akm/${arg}`}`];
  });
  return ["run", "test", "--continue=dependencies-successful", ...own, ...args.slice(end)];
}
