import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "@akm/store-postgres";
import { startEmbeddedPostgres } from "@akm/store-postgres/embedded";
import pg from "pg";
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { until } from "./support/until.ts";

const isRoot = process.getuid?.() === 0;
const isLinux = process.platform === "linux";

/** An empty folder for each test. */
let parent: string;
/** A data folder that the tests share: making one takes a second. */
let shared: string;

beforeAll(async () => {
  const above = await makeFolder();
  shared = join(above, "da ta");
  await (await startEmbeddedPostgres({ directory: shared })).stop();
  return () => rm(above, { recursive: true, force: true });
});

beforeEach(async () => {
  parent = await makeFolder();
  return () => rm(parent, { recursive: true, force: true });
});

/** A folder with a blank in its name, which everybody can pass through. */
async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "akm test "));
  await chmod(folder, 0o755);
  return folder;
}

/** Starts the server and stops it when the test ends. */
async function start(directory = shared) {
  const server = await startEmbeddedPostgres({ directory });
  onTestFinished(() => server.stop());
  return server;
}

/** Asks one question of a server. */
async function ask(connection: pg.ClientConfig, text: string): Promise<unknown> {
  const client = new pg.Client({ ...connection });
  await client.connect();
  const { rows } = await client.query({ text, rowMode: "array" });
  await client.end();
  return rows[0]?.[0];
}

/** A process of its own that starts the server in `directory` and prints its process id. */
function startElsewhere(directory: string, as: { uid?: number; gid?: number } = {}): ChildProcess {
  const program = `
    import { startEmbeddedPostgres } from "@akm/store-postgres/embedded";
    const server = await startEmbeddedPostgres({ directory: process.argv[1] });
    process.on("SIGTERM", async () => { await server.stop(); process.exit(0); });
    console.log("pid", server.pid);
    setInterval(() => undefined, 1000);`;
  const flags = ["--conditions=akm-source", "--input-type=module", "--eval", program, directory];
  return spawn(process.execPath, flags, {
    cwd: new URL("..", import.meta.url),
    env: { PATH: "/usr/bin:/bin" },
    stdio: ["ignore", "pipe", "inherit"],
    ...as,
  });
}

/** The process id that it prints. */
async function printedPid(child: ChildProcess): Promise<number> {
  const [chunk] = await once(child.stdout as NonNullable<typeof child.stdout>, "data");
  return Number(/pid (\d+)/.exec(String(chunk))?.[1]);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("the data folder", () => {
  test("keeps what was written from one start to the next", async () => {
    const first = await start();
    await ask(first.connection, "create table kept as select 7 as seven");
    await first.stop();
    await first.ended;
    const second = await start();
    expect(await ask(second.connection, "select seven from kept")).toBe(7);
  });

  test("is durable, checksummed and reachable over the socket alone", async () => {
    const { connection } = await start();
    const names = ["fsync", "data_checksums", "full_page_writes", "listen_addresses"];
    const settings = await ask(
      connection,
      `select string_agg(current_setting(name), ' ' order by ordinality)
        from unnest('{${names.join(",")}}'::text[]) with ordinality as name (name)`,
    );
    expect(settings).toBe("on on on ");
  });

  test.runIf(isRoot)("stays root's, the files below it are the database's account's", async () => {
    const server = await start();
    const directory = await stat(shared);
    expect([directory.uid, directory.mode & 0o777]).toEqual([0, 0o711]);
    const data = await stat(join(shared, "pg18"));
    expect([data.uid === 0, data.mode & 0o777]).toEqual([false, 0o700]);
    const socket = await stat(server.connection.host as string);
    expect([socket.uid, socket.mode & 0o777]).toEqual([data.uid, 0o700]);
  });

  test("is cleared of what a start that was killed has left", async () => {
    const directory = join(parent, "da ta");
    const child = startElsewhere(directory);
    await until(async () => {
      const entries = await readdir(directory).catch(() => []);
      return entries.some((entry) => entry.startsWith("pg18.new-"));
    });
    child.kill("SIGKILL");
    await once(child, "exit");
    await mkdir(join(directory, "pg18.new-123456/base"), { recursive: true });
    await start(directory);
    expect((await readdir(directory)).sort()).toEqual(["pg18", "pg18.socket"]);
  });

  test("is cleared of what a program still writes that has not noticed yet", async () => {
    const directory = join(parent, "da ta");
    const base = join(directory, "pg18.new-123456/base");
    await mkdir(base, { recursive: true });
    const program = `
      const { writeFileSync } = require("node:fs");
      const end = Date.now() + 300;
      for (let n = 0; Date.now() < end; n++) try { writeFileSync(String(n), ""); } catch { break; }`;
    const writer = spawn(process.execPath, ["--eval", program], { cwd: base });
    await until(async () => (await readdir(base)).length > 0);
    await Promise.all([start(directory), once(writer, "exit")]);
    expect((await readdir(directory)).sort()).toEqual(["pg18", "pg18.socket"]);
  });

  test.runIf(isRoot && isLinux)("may lie where only root can reach it", async () => {
    await chmod(parent, 0o700);
    const directory = join(parent, "data");
    const first = await start(directory);
    await ask(first.connection, "create table kept (id integer)");
    await first.stop();
    const second = await start(directory);
    expect(await ask(second.connection, "select count(*)::integer from kept")).toBe(0);
  });

  test("has no socket folder left once the server has stopped", async () => {
    const server = await start();
    await server.stop();
    await expect(stat(server.connection.host as string)).rejects.toThrow("ENOENT");
    expect(await readdir(shared)).toEqual(["pg18"]);
  });
});

describe("the server", () => {
  test.runIf(isLinux)("stops when the process that started it is killed", async () => {
    const child = startElsewhere(shared);
    const pid = await printedPid(child);
    child.kill("SIGKILL");
    await until(async () => !isRunning(pid));
    const next = await start();
    expect(await ask(next.connection, "select 1")).toBe(1);
  });

  test("that was left running on the data folder is stopped first", async () => {
    const left = await start();
    const next = await start();
    await left.ended;
    expect(await ask(next.connection, "select 1")).toBe(1);
  });

  test("starts again after it was killed", async () => {
    const first = await start();
    await migrate({ connection: first.connection });
    process.kill(first.pid, "SIGKILL");
    await first.ended;
    const second = await start();
    expect(await migrate({ connection: second.connection })).toEqual([]);
  });

  test.runIf(isRoot && isLinux)("runs for an ordinary user without a home", async ({ skip }) => {
    const [uid, gid] = ["-u", "-g"].map((flag) => Number(execFileSync("id", [flag, "nobody"])));
    const as = { uid: uid ?? 0, gid: gid ?? 0 };
    const reads = () => execFileSync("ls", [process.execPath, import.meta.dirname], as);
    if (!works(reads)) skip("nobody cannot read this checkout");
    const directory = await mkdtemp(join(tmpdir(), "akm-nobody-"));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    execFileSync("chown", ["nobody", directory]);
    const child = startElsewhere(join(directory, "data"), as);
    expect(isRunning(await printedPid(child))).toBe(true);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });
});

function works(call: () => unknown): boolean {
  try {
    call();
    return true;
  } catch {
    return false;
  }
}

describe("what stands in the way is told in words", () => {
  const refused = (directory: string, binaries?: string) =>
    expect(startEmbeddedPostgres({ directory, ...(binaries !== undefined && { binaries }) }))
      .rejects;

  test("a folder that is no database", async () => {
    await mkdir(join(parent, "pg18"));
    await writeFile(join(parent, "pg18/mine"), "");
    await refused(parent).toThrow(`${parent}/pg18 is there, but is no database`);
    expect(await readFile(join(parent, "pg18/mine"), "utf8")).toBe("");
  });

  test("a file where the folder should be", async () => {
    await writeFile(join(parent, "file"), "");
    await refused(join(parent, "file")).toThrow(
      /the folder .*file cannot be made or used \(E\w+\)/,
    );
  });

  test("a database of another major version", async () => {
    const file = join(shared, "pg18/PG_VERSION");
    onTestFinished(() => writeFile(file, "18\n"));
    await writeFile(file, "12\n");
    await refused(shared).toThrow("the data folder was made by another major version");
  });

  test.runIf(isRoot && isLinux)("a disk without space", async ({ skip }) => {
    const directory = join(parent, "full");
    await mkdir(directory);
    const options = ["-t", "tmpfs", "-o", "size=8m,mode=755", "tmpfs"];
    if (!works(() => execFileSync("mount", [...options, directory])))
      skip("no file system can be mounted here");
    try {
      await refused(directory).toThrow(`disk of the data folder: ${directory}/pg18: make room`);
      expect(await readdir(directory)).toEqual([]);
    } finally {
      execFileSync("umount", [directory]);
    }
  });

  test("an installation that is not there", async () => {
    await refused(parent, "/nowhere/bin").toThrow("no program /nowhere/bin/postgres");
  });
});
