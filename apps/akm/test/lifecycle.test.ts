import { once } from "node:events";
import { appendFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { exitCodes } from "../src/index.ts";
import {
  databasesOf,
  postmasterOf,
  type RunningAkm,
  runAkm,
  type Server,
  serveAkm,
  startAkm,
  temporaryFolder,
  until,
} from "./support/akm.ts";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const data = temporaryFolder(undefined, afterAll);

beforeAll(async () => {
  expect(await runAkm(["init", "--data", data])).toMatchObject({ code: 0 });
});

async function ask(admin: string, path: string, method = "GET") {
  const response = await fetch(`http://${admin}${path}`, { method });
  return { status: response.status, body: await response.json() };
}

describe("while a server runs", () => {
  let server: Server;
  beforeAll(async () => {
    server = await serveAkm(data);
  });
  afterAll(async () => {
    expect(await server.stop()).toMatchObject({ code: 0 });
    expect(databasesOf(data)).toEqual([]);
  });

  test.each([
    ["/health", 200, { live: true, ready: true, reasons: [], notes: [] }],
    ["/health/ready", 200, { live: true, ready: true, reasons: [] }],
    ["/health/live", 200, { live: true }],
    ["/", 404, { error: "ask /health, /health/live or /health/ready" }],
  ])("%s answers %i", async (path, status, body) => {
    expect(await ask(server.admin, path)).toEqual({ status, body });
  });

  test("/health takes no other method than GET and HEAD", async () => {
    expect((await ask(server.admin, "/health", "POST")).status).toBe(405);
  });

  test("a second one on its folder is refused with its pid", async () => {
    const second = await runAkm(["serve", "--data", data, "--port", "0", "--admin-port", "0"]);
    expect(second).toMatchObject({
      code: 5,
      stdout: "",
      stderr: `akm: process ${server.child.pid} works on ${data}: stop it first, or name another folder with --data\n`,
    });
  });

  test("a debugger is not let in by SIGUSR1", async () => {
    server.child.kill("SIGUSR1");
    expect((await ask(server.admin, "/health/live")).status).toBe(200);
    expect(server.output.stderr).not.toContain("Debugger");
  });

  test("SIGHUP with a wrong configuration changes nothing and says why", async () => {
    appendFileSync(join(data, "akm.conf"), "\n[nonsense]\nkey = value\n");
    server.child.kill("SIGHUP");
    await vi.waitUntil(() => server.output.stderr.includes("reload.refused"), { timeout: 10_000 });
    expect(server.output.stderr).toContain("there is no section [nonsense]");
    expect((await ask(server.admin, "/health")).status).toBe(200);
    writeFileSync(join(data, "akm.conf"), "");
  });
});

describe("a server", () => {
  test("ends with code 0 on SIGINT too", async () => {
    const { child, ended } = await serveAkm(data);
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ code: 0 });
    expect(databasesOf(data)).toEqual([]);
  });

  test("that was killed is in nobody's way, nor is its database", async () => {
    const killed = await serveAkm(data);
    killed.child.kill("SIGKILL");
    await killed.ended;
    const next = await serveAkm(data);
    expect(databasesOf(data)).not.toEqual([]);
    expect(readdirSync(join(data, "run")).filter((name) => name.includes("lock"))).toHaveLength(1);
    expect(await next.stop()).toMatchObject({ code: 0 });
  });

  test("is one, where several start at the same moment after one that was killed", async () => {
    const killed = await serveAkm(data);
    killed.child.kill("SIGKILL");
    await killed.ended;
    const all = Array.from({ length: 4 }, () =>
      startAkm(["serve", "--data", data, "--port", "0", "--admin-port", "0"]),
    );
    const isReady = ({ output }: RunningAkm) => /^ready /m.test(output.stdout);
    const isRefused = ({ child }: RunningAkm) => child.exitCode === exitCodes.inUse;
    await until(() => all.every((one) => isReady(one) || one.child.exitCode !== null));
    expect([all.filter(isReady).length, all.filter(isRefused).length]).toEqual([1, 3]);
    all.find(isReady)?.child.kill("SIGTERM");
    await Promise.all(all.map(({ ended }) => ended));
  });

  test("of another container, whose process cannot be seen, is found by its socket", async () => {
    const other = createServer().listen(join(data, "run", "akm.sock"));
    await once(other, "listening");
    const refused = await runAkm(["serve", "--data", data, "--port", "0", "--admin-port", "0"]);
    other.close();
    expect(refused).toMatchObject({
      code: 5,
      stderr: `akm: a server of another container works on ${data}: stop it first, or name another folder with --data\n`,
    });
  });

  test("whose database dies ends too, and says so", async () => {
    const { ended } = await serveAkm(data);
    process.kill(postmasterOf(data), "SIGQUIT");
    expect(await ended).toMatchObject({
      code: 8,
      stderr: expect.stringContaining("akm: akm's own PostgreSQL ended"),
    });
  });

  test("with enable = N serves no KMIP and says so", async () => {
    writeFileSync(join(data, "akm.conf"), "[kmip]\nenable = N\n");
    const server = await serveAkm(data);
    expect(server.kmip).toBe("off");
    expect((await ask(server.admin, "/health")).status).toBe(200);
    await server.stop();
    writeFileSync(join(data, "akm.conf"), "");
  });

  test.each(["--port", "--admin-port"])(
    "names the busy port of %s and the mend",
    async (option) => {
      const busy = createServer().listen(0, "127.0.0.1");
      await once(busy, "listening");
      const { port } = busy.address() as { port: number };
      const others = { "--port": "0", "--admin-port": "0", [option]: String(port) };
      const refused = await runAkm(["serve", "--data", data, ...Object.entries(others).flat()]);
      busy.close();
      expect(refused).toMatchObject({
        code: 6,
        stdout: "",
        stderr: `akm: 127.0.0.1, port ${port}: something else listens there: stop it, or choose another port with ${option}\n`,
      });
      expect(databasesOf(data)).toEqual([]);
    },
  );
});
