import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

// A checkout in small, in a folder with a blank in its name: the real run.mjs, and in the place of npx, tsc,
// turbo and the server programs that say what they were asked.
let root: string;
const running: ChildProcess[] = [];

const server = `
process.on("SIGTERM", () => { console.log("stopped"); process.exit(0); });
console.log("ready kmip=127.0.0.1:5696", JSON.stringify(process.argv.slice(2)), process.cwd());
setInterval(() => {}, 1000);
`;

function put(path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text, { mode: 0o755 });
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "akm run "));
  const tooling = fileURLToPath(new URL("../..", import.meta.url));
  for (const folder of ["run", "report"]) {
    cpSync(join(tooling, folder), join(root, "tooling", folder), {
      recursive: true,
      filter: (path) => !/node_modules|\/test$/.test(path),
    });
  }
  const manifest = {
    engines: { node: ">=18" },
    optionalDependencies: {},
    packageManager: "pnpm@1",
  };
  put("package.json", JSON.stringify(manifest));
  put("pnpm-lock.yaml", "lockfile: 1");
  put("node_modules/.pnpm/lock.yaml", "lockfile: 1");
  put(
    "node_modules/.bin/npx",
    '#!/bin/sh\necho "npx $*"\ncp pnpm-lock.yaml node_modules/.pnpm/lock.yaml\n',
  );
  put("node_modules/.bin/tsc", '#!/bin/sh\necho "tsc $*"\n');
  put("node_modules/.bin/turbo", '#!/bin/sh\necho "turbo $*"\n');
  put("apps/akm/dist/main.js", server);
});

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGTERM");
    await once(child, "close");
  }
  rmSync(root, { recursive: true, force: true });
});

interface Run {
  child: ChildProcess;
  out: () => string;
  err: () => string;
  /** Resolves when standard output has the text. */
  said: (text: string) => Promise<void>;
  code: () => Promise<number | null>;
}

function run(command: string, ...args: string[]): Run {
  const child = spawn(command, args, { cwd: root });
  running.push(child);
  const text = { out: "", err: "" };
  child.stdout.on("data", (chunk) => {
    text.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    text.err += chunk;
  });
  const closed = once(child, "close");
  const said = async (wanted: string) => {
    while (!text.out.includes(wanted)) await once(child.stdout, "data");
  };
  return {
    child,
    out: () => text.out,
    err: () => text.err,
    said,
    code: async () => (await closed)[0],
  };
}

const runTask = (...args: string[]): Run => run(process.execPath, "tooling/run/run.mjs", ...args);

describe("npm start", () => {
  test("hands its arguments to the server, whose words alone are on standard output", async () => {
    const task = runTask("start", "--data", "a b", "--port", "0");
    await task.said("ready");
    expect(task.out()).toBe(
      `ready kmip=127.0.0.1:5696 ["serve","--data","a b","--port","0"] ${root}\n`,
    );
    expect(task.err()).toBe("tsc -b apps/akm\n");
  });

  test("installs first where the lockfile differs, and only then", async () => {
    put("pnpm-lock.yaml", "lockfile: 2");
    const task = runTask("start");
    await task.said("ready");
    expect(task.err()).toContain("npx --yes pnpm@1 install --frozen-lockfile\n");
    const again = runTask("start");
    await again.said("ready");
    expect(again.err()).not.toContain("npx");
  });

  test("ends the server and itself with code 0 on SIGTERM", async () => {
    const task = runTask("start");
    await task.said("ready");
    task.child.kill("SIGTERM");
    expect(await task.code()).toBe(0);
    expect(task.out()).toContain("stopped");
  });

  test("ends the server when the shell that called it is gone", async () => {
    const shell = run("sh", "-c", `"${process.execPath}" tooling/run/run.mjs start; true`);
    await shell.said("ready");
    shell.child.kill("SIGKILL");
    await shell.said("stopped");
  });

  test("does not start the server when it is stopped during the build", async () => {
    put("node_modules/.bin/tsc", "#!/bin/sh\necho building >&2\nexec sleep 60\n");
    const task = runTask("start");
    while (!task.err().includes("building")) await once(task.child.stderr as never, "data");
    task.child.kill("SIGTERM");
    expect(await task.code()).toBe(143);
    expect(task.out()).toBe("");
  });

  test("names the step that failed and ends with its code", async () => {
    put("node_modules/.bin/tsc", "#!/bin/sh\nexit 2\n");
    const task = runTask("start");
    expect(await task.code()).toBe(2);
    expect(task.err()).toBe("akm: the build failed\n");
  });
});

describe("npm test", () => {
  const report = (failed: number) =>
    JSON.stringify({
      passed: 3,
      failed,
      skipped: 1,
      failures: Array(failed).fill("ttlv: a title"),
    });

  test("ends with one line that sums the packages of this run, not of an earlier one", async () => {
    put("packages/store/.report/tests.json", report(0));
    put("packages/ttlv/.report/tests.json", report(0));
    put(
      "node_modules/.bin/turbo",
      `#!/bin/sh\necho '${report(0)}' > packages/ttlv/.report/tests.json\n`,
    );
    const task = runTask("test");
    expect(await task.code()).toBe(0);
    expect(task.out()).toBe("3 passed, 0 failed, 1 skipped\n");
    expect(existsSync(join(root, "packages/store/.report/tests.json"))).toBe(false);
  });

  test("fails with a line for each failed test", async () => {
    put("packages/ttlv/.report/keep", "");
    put(
      "node_modules/.bin/turbo",
      `#!/bin/sh\necho '${report(1)}' > packages/ttlv/.report/tests.json\n`,
    );
    const task = runTask("test");
    expect(await task.code()).toBe(1);
    expect(task.out()).toBe("failed: ttlv: a title\n3 passed, 1 failed, 1 skipped\n");
  });

  test("fails where no test failed but a task did", async () => {
    put("node_modules/.bin/turbo", "#!/bin/sh\nexit 4\n");
    const task = runTask("test");
    expect(await task.code()).toBe(4);
    expect(task.out()).toBe(
      "failed: a task failed outside the tests: see above\n0 passed, 1 failed\n",
    );
  });
});
