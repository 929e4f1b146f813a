import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Why nothing can run here, in one line, or `undefined`. The pinned Node comes from the registry for the systems
 * that package.json lists as `node-OS-ARCH`; on others the Node that runs this must be new enough itself.
 *
 * @param {{ platform: string, arch: string, version: string }} system
 * @param {{ engines: { node: string }, optionalDependencies: Record<string, string> }} manifest
 * @returns {string | undefined}
 */
export function nodeProblem({ platform, arch, version }, { engines, optionalDependencies }) {
  if (platform === "win32") return "Windows is not supported: use WSL";
  const needed = engines.node.replace(">=", "");
  if (`node-${platform}-${arch}` in optionalDependencies || isAtLeast(version, needed))
    return undefined;
  return `needs Node ${needed} or later on ${platform}-${arch}; this is ${version}`;
}

/**
 * The Node that the task runs on: the pinned one where it was installed, else the one that runs this.
 * `undefined` where the pinned one does not start (a system with another C library).
 *
 * @param {string} root
 * @param {{ execPath: string }} own
 * @returns {string | undefined}
 */
export function nodeOf(root, own) {
  const pinned = join(root, "node_modules", ".bin", "node");
  if (!existsSync(pinned)) return own.execPath;
  return spawnSync(pinned, ["--version"]).status === 0 ? pinned : undefined;
}

/**
 * Whether `node_modules` is what the lockfile names: pnpm keeps a copy of the lockfile that it installed from,
 * and writes it last.
 *
 * @param {string} root
 * @returns {boolean}
 */
export function isInstalled(root) {
  const copy = join(root, "node_modules", ".pnpm", "lock.yaml");
  return existsSync(copy) && readFileSync(join(root, "pnpm-lock.yaml")).equals(readFileSync(copy));
}

/**
 * @param {string} version
 * @param {string} floor
 */
function isAtLeast(version, floor) {
  const [have, want] = [version, floor].map((text) => text.replace("v", "").split(".").map(Number));
  const differs = want?.findIndex((number, place) => number !== have?.[place]) ?? -1;
  return differs < 0 || Number(have?.[differs]) > Number(want?.[differs]);
}
