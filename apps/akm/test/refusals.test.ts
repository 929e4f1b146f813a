import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { databasesOf, leftovers, runAkm, serveAkm, temporaryFolder } from "./support/akm.ts";
import { line } from "./support/refusal.ts";
import { canBeNobody, isRoot, nobody } from "./support/users.ts";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const ports = ["--port", "0", "--admin-port", "0"];
const data = temporaryFolder(undefined, afterAll);
const masterKey = join(data, "master.key");
const serve = (...args: string[]) => runAkm(["serve", "--data", data, ...ports, ...args]);

beforeAll(async () => {
  expect(await runAkm(["init", "--data", data])).toMatchObject({ code: 0 });
});

/** What is in the data folder, but for the lock, whose name changes, and what PostgreSQL does with its own. */
const contents = () =>
  readdirSync(data, { recursive: true, encoding: "utf8" })
    .filter((name) => !/akm\.lock\.|^pg18\//.test(name))
    .sort();
let made: readonly string[];
beforeAll(() => {
  made = contents();
});

// Whatever was in the way, nothing is half made, nothing taken away, and nothing left running.
afterEach(() => {
  expect(contents()).toEqual(made);
  expect(databasesOf(data)).toEqual([]);
});

describe("a master key", () => {
  const right = join(data, "right.key");

  test("that is another one opens nothing", async () => {
    renameSync(masterKey, right);
    writeFileSync(masterKey, Buffer.alloc(32, 7), { mode: 0o600 });
    const refused = await serve();
    renameSync(right, masterKey);
    expect(refused).toMatchObject({
      code: 7,
      ...line(/^akm: .*master.key: this is not the master key .*: put the right one there\n$/),
    });
  });

  test("that is lost is not replaced by a new one", async () => {
    renameSync(masterKey, right);
    const refused = await serve();
    expect(existsSync(masterKey)).toBe(false);
    renameSync(right, masterKey);
    expect(refused).toMatchObject({
      code: 7,
      ...line(
        `master key ${masterKey}: there is no such file: restore it from its copy, or name the right one`,
      ),
    });
  });

  test("that others can read is refused", async () => {
    chmodSync(masterKey, 0o644);
    const refused = await serve();
    chmodSync(masterKey, 0o600);
    expect(refused).toMatchObject({
      code: 7,
      ...line(/mode 0644 lets others at it: chmod it to 0600\n$/),
    });
  });

  test.runIf(canBeNobody)("that this user cannot read is refused", async () => {
    const theirs = temporaryFolder(nobody);
    const user = { uid: nobody };
    expect(await runAkm(["init", "--data", theirs], user)).toMatchObject({ code: 0 });
    chownSync(join(theirs, "master.key"), 0, 0);
    const refused = await runAkm(["serve", "--data", theirs, ...ports], user);
    expect(refused).toMatchObject({
      code: 7,
      ...line(
        `master key ${theirs}/master.key: it may not be opened: give it to the server's user`,
      ),
    });
    expect(databasesOf(theirs)).toEqual([]);
  });
});

describe("a data folder", () => {
  test("that holds something else is left alone", async () => {
    const strange = temporaryFolder();
    writeFileSync(join(strange, "letters.txt"), "");
    const refused = await runAkm(["init", "--data", strange]);
    expect(refused).toMatchObject({
      code: 4,
      ...line(`${strange}: it holds other things (letters.txt): name an empty folder with --data`),
    });
    expect(readdirSync(strange)).toEqual(["letters.txt"]);
  });

  test("whose path is a file is refused", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    expect(await runAkm(["init", "--data", file])).toMatchObject({
      code: 4,
      ...line(/^akm: .*no folder/),
    });
  });

  test.runIf(process.platform === "linux")("that nobody can make is refused", async () => {
    expect(await runAkm(["init", "--data", "/proc/akm"])).toMatchObject({
      code: 4,
      ...line("/proc/akm: no folder can be made there: name another one"),
    });
  });

  test("whose path leaves no room for a socket is refused before anything is made", async () => {
    const deep = join(temporaryFolder(), "x".repeat(100));
    expect(await runAkm(["init", "--data", deep])).toMatchObject({
      code: 4,
      ...line(/bytes too long for a socket/),
    });
    expect(existsSync(deep)).toBe(false);
  });

  test("that no akm has been in is none for a command", async () => {
    const empty = temporaryFolder();
    const refused = await runAkm(["cert", "list", "--data", empty]);
    expect(refused).toMatchObject({
      code: 4,
      ...line(`${empty}: there is no akm in it: make one with akm init, or name it with --data`),
    });
    expect(readdirSync(empty)).toEqual([]);
  });

  test.runIf(isRoot)("of another user is refused", async () => {
    const theirs = temporaryFolder(nobody);
    mkdirSync(join(theirs, "run"));
    const refused = await runAkm(["init", "--data", theirs]);
    expect(refused).toMatchObject({
      code: 4,
      ...line(`${theirs}: it belongs to user ${nobody}: run akm as that user`),
    });
  });

  test.runIf(canBeNobody)("that may not be written is refused", async () => {
    const closed = temporaryFolder();
    chmodSync(closed, 0o755);
    const refused = await runAkm(["init", "--data", join(closed, "data")], { uid: nobody });
    expect(refused).toMatchObject({
      code: 4,
      ...line(`${closed}/data: not permitted: give it to this user, or name another folder`),
    });
  });

  // The small one has no room for a file of akm's own, the larger one none for its database.
  test.runIf(isRoot).for(["12k", "8m"])(
    "on a disk of %s is refused, and finished once there is room",
    async (size, { skip }) => {
      const small = temporaryFolder();
      const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "none", small]);
      if (mounted.status !== 0) skip("this machine lets nobody mount a file system");
      onTestFinished(() => void execFileSync("umount", [small]));
      const full = join(small, "data");
      expect(await runAkm(["init", "--data", full])).toMatchObject({
        ...line(/^akm: .*: make room and start again\n$/),
      });
      expect(leftovers(full)).toEqual([]);
      execFileSync("mount", ["-o", "remount,size=200m", small]);
      expect(await runAkm(["init", "--data", full])).toMatchObject({ code: 0 });
    },
  );
});

describe("the clock", () => {
  test("must not be before the last run", async () => {
    const [name = ""] = readdirSync(join(data, "run")).filter((entry) =>
      entry.startsWith("akm.lock."),
    );
    const later = new Date(Date.now() + 3_600_000);
    utimesSync(join(data, "run", name), later, later);
    const refused = await serve();
    expect(refused).toMatchObject({
      code: 9,
      ...line(/^akm: the clock says .*: set it; if it is right/),
    });
    expect(await serve(), "a second try").toMatchObject({ code: 9 });
    const [, lock = ""] = /touch (.*)\n/.exec(refused.stderr) ?? [];
    expect(existsSync(lock)).toBe(false);
    const [held = ""] = readdirSync(join(data, "run")).filter((entry) =>
      entry.startsWith("akm.lock."),
    );
    utimesSync(join(data, "run", held), new Date(), new Date());
    await (await serveAkm(data)).stop();
  });
});

describe("the rest", () => {
  test("a wrong configuration is refused with all its faults before anything is made", async () => {
    const fresh = temporaryFolder();
    writeFileSync(join(fresh, "akm.conf"), "[kmip]\nport = x\n[nowhere]\nkey = value\n");
    const refused = await runAkm(["serve", "--data", fresh, "--admin-port", "y"]);
    expect(refused.code).toBe(3);
    expect(refused.stderr.split("\n")).toEqual([
      `akm: ${fresh}/akm.conf:2: [kmip] port "x" cannot stand: write a number from 0 to 65535`,
      `akm: ${fresh}/akm.conf:4: there is no section [nowhere]`,
      'akm: --admin-port: [admin] port "y" cannot stand: write a number from 0 to 65535',
      "",
    ]);
    expect(readdirSync(fresh)).toEqual(["akm.conf"]);
  });

  test("a certificate file of [tls] that is not there is refused by name", async () => {
    const before = readFileSync(join(data, "akm.conf"), "utf8");
    writeFileSync(join(data, "akm.conf"), "[tls]\nclient_ca = /nowhere/ca.pem cn=*\n");
    const refused = await serve();
    writeFileSync(join(data, "akm.conf"), before);
    expect(refused).toMatchObject({
      code: 10,
      ...line("/nowhere/ca.pem: there is no such file: see [tls] in akm.conf"),
    });
  });

  test("a debugger is refused", async () => {
    const refused = await runAkm(["help"], { nodeOptions: ["--inspect=127.0.0.1:0"] });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("akm: a debugger can read every key: start without --inspect");
  });
});
