import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);
const mainOf = (app: string) => fileURLToPath(new URL(`../../${app}/src/main.ts`, import.meta.url));
const fromSource = ["--conditions=akm-source"];

let folder: string;
let server: ChildProcess;
let port: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "akm-interop-"));
  const args = ["serve", "--data", folder, "--port", "0", "--admin-port", "0"];
  server = spawn(process.execPath, [...fromSource, mainOf("akm"), ...args]);
  port = await portOf(server);
  for (const name of ["alice", "bob"]) {
    const issue = ["cert", "issue", "--data", folder, "--cn", name, "--out", join(folder, name)];
    await run(process.execPath, [...fromSource, mainOf("akm"), ...issue]);
  }
});

afterAll(async () => {
  server.kill("SIGTERM");
  if (server.exitCode === null) await once(server, "exit");
  rmSync(folder, { recursive: true, force: true });
});

/** Waits until akm says that it is ready. */
function portOf({ stdout, stderr }: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = "";
  let complained = "";
  stderr?.on("data", (chunk) => {
    complained += chunk;
  });
  stdout?.on("data", (chunk) => {
    said += chunk;
    const [, found] = /^ready kmip=127\.0\.0\.1:(\d+)/m.exec(said) ?? [];
    if (found !== undefined) resolve(found);
  });
  stdout?.on("close", () => reject(new Error(`akm did not start: ${complained}`)));
  return promise;
}

test("akm-interop plays cases over TLS against akm itself, out of process", async () => {
  const file = (name: string, of: string) => join(folder, of, `${name}.pem`);
  const access = [
    ...["--host", "127.0.0.1", "--port", port, "--ca", file("ca", "alice")],
    ...["--cert", file("cert", "alice"), "--key", file("key", "alice")],
    ...["--cert2", file("cert", "bob"), "--key2", file("key", "bob")],
  ];
  const command = [mainOf("interop"), "run", ...access, "--only", "operations/", "--json"];
  const { stdout } = await run(process.execPath, [...fromSource, ...command], {
    env: { ...process.env, AKM_VECTORS: undefined },
    maxBuffer: 2 ** 24,
  });
  const results: { name: string; outcome: string }[] = JSON.parse(stdout);
  expect(results.length).toBeGreaterThan(30);
  expect(results.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
});
