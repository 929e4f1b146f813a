import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  databasesOf,
  postmasterOf,
  runAkm,
  type Server,
  serveAkm,
  temporaryFolder,
  until,
} from "./support/akm.ts";
import { configurePyKmip, hasPyKmip, startDemo, startScript } from "./support/pykmip.ts";

const isThere = hasPyKmip();
const title = isThere
  ? "PyKMIP's client"
  : "PyKMIP's client (skipped: python3-pykmip is not installed)";

/** What `life.py` says when all of it has held. */
const lifeSteps = [
  "create",
  "locate",
  "get",
  "attributes",
  "change_attributes",
  "activate",
  "re_key",
  "revoke",
  "compromise",
  "destroy",
  "destroy",
  "register",
  "destroy",
  "ask_for_what_is_not_there",
];

describe.skipIf(!isThere)(title, () => {
  const data = temporaryFolder(undefined, afterAll);
  const folder = join(data, "client");
  let server: Server;
  let config: string;

  beforeAll(async () => {
    await start();
    await runAkm(["cert", "issue", "--data", data, "--cn", "array-7", "--out", folder]);
    config = configurePyKmip(server.kmip, folder);
  });
  afterAll(async () => {
    expect(await server.stop()).toMatchObject({ code: 0 });
    expect(databasesOf(data)).toEqual([]);
  });

  async function start() {
    server = await serveAkm(data);
  }

  test.each(["1.0", "1.1", "1.2"])(
    "keeps keys through their lives, over KMIP %s",
    async (version) => {
      expect(await startScript("life", [config, version]).ended).toEqual({
        code: 0,
        stderr: "",
        stdout: lifeSteps.map((step) => `${step}\n`).join(""),
      });
    },
  );

  test("has demonstration programs, and those for keys succeed", async () => {
    const run = async (name: string, ...args: string[]) => {
      const { stdout, stderr } = await startDemo(name, config, args).ended;
      return stdout + stderr;
    };
    expect(await run("units/discover_versions")).toMatch(/supported: 1\.1\n.*supported: 1\.0\n$/);
    expect(await run("units/query")).toContain("operations supported: 16\n");
    const created = await run("units/create", "-a", "AES", "-l", "256");
    const [, key = ""] = /created UUID: (\S+)/.exec(created) ?? [];
    expect(await run("units/locate", "-n", "Test Key")).toContain(` - INFO - ${key}\n`);
    expect(await run("units/get", "-i", key, "-f", "RAW")).toContain(`retrieved UUID: ${key}`);
    expect(await run("pie/get_attributes", "-i", key, "-a", "State")).toContain("PRE_ACTIVE");
    expect(await run("pie/get_attribute_list", "-i", key)).toContain("Initial Date");
    expect(await run("pie/modify_attribute", "-i", key)).toContain("Successfully modified");
    expect(await run("units/activate", "-i", key)).toContain(`activated UUID: ${key}`);
    expect(await run("units/revoke", "-i", key)).toContain(`revoked UUID: ${key}`);
    expect(await run("units/destroy", "-i", key)).toContain(`destroyed UUID: ${key}`);
  });

  test("with a user name and password is told to leave them out", async () => {
    const withPassword = configurePyKmip(server.kmip, folder, { username: "a", password: "b" });
    const { stderr } = await startDemo("units/query", withPassword).ended;
    expect(stderr).toContain("ResultReason.AUTHENTICATION_NOT_SUCCESSFUL");
    expect(stderr).toContain("remove user name and password");
  });

  test.each<{ signal: NodeJS.Signals; what: string; pidOf: () => number }>([
    { signal: "SIGTERM", what: "the server", pidOf: () => Number(server.child.pid) },
    { signal: "SIGKILL", what: "the server", pidOf: () => Number(server.child.pid) },
    { signal: "SIGKILL", what: "PostgreSQL", pidOf: () => postmasterOf(data) },
  ])("finds every key that was acknowledged before $signal to $what", async (row) => {
    const prefix = `${row.signal} to ${row.what}`;
    const { output, ended } = startScript("creations", [config, prefix]);
    await until(() => acknowledged(output.stdout).size >= 25);
    process.kill(row.pidOf(), row.signal);
    await server.ended;
    expect(await ended).toMatchObject({ code: 0 });

    await start();
    config = configurePyKmip(server.kmip, folder);
    const kept = acknowledged(output.stdout);
    const fetched = await startScript("fetch", [config], [...kept.keys()].join("\n")).ended;
    expect(fetched).toMatchObject({ code: 0, stderr: "" });
    const found = acknowledged(fetched.stdout);
    // Of the last key, the bytes may not have been asked for.
    for (const [key, bytes] of kept) expect(found.get(key)).toBe(bytes ?? found.get(key));
    expect(found.size).toBe(kept.size);
  });
});

/** The whole lines that a script has written: identifiers, and bytes where they are known. */
function acknowledged(stdout: string): ReadonlyMap<string, string | undefined> {
  const lines = stdout.slice(0, stdout.lastIndexOf("\n") + 1).split("\n");
  return new Map(
    lines.filter(Boolean).map((line) => {
      const [key = "", bytes] = line.split(" ");
      return [key, bytes];
    }),
  );
}
