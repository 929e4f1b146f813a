import { execFileSync } from "node:child_process";
import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { runAkm, serveAkm, temporaryFolder } from "./support/akm.ts";
import { clientOf, createKey } from "./support/client.ts";
import { bytesOf } from "./support/crash/writer.ts";
import { canBeNobody, nobody } from "./support/users.ts";

vi.setConfig({ testTimeout: 30_000 });

describe("an ordinary user", () => {
  test.runIf(canBeNobody)("with an empty home gets a server in it", async () => {
    const home = temporaryFolder(nobody);
    const options = { uid: nobody, env: { PATH: process.env["PATH"], HOME: home } };
    expect(await runAkm(["init"], options)).toMatchObject({ code: 0, stderr: "" });
    const data = join(home, ".local", "share", "akm");
    const server = await serveAkm(data, [], options);
    const out = join(home, "me");
    expect(await runAkm(["cert", "issue", "--cn", "me", "--out", out], options)).toMatchObject({
      code: 0,
    });
    await expect(createKey(clientOf(server.kmip, out))).resolves.toHaveLength(24);
    expect(await server.stop()).toMatchObject({ code: 0 });
  });

  test.runIf(canBeNobody)(
    "with HOME unset has the home of the passwd entry, and none without an entry",
    async () => {
      const env = { PATH: process.env["PATH"] };
      const ofNobody = await runAkm(["cert", "list"], { uid: nobody, env });
      expect(ofNobody).toMatchObject({
        code: 4,
        stderr: expect.stringContaining("/.local/share/akm: there is no akm in it"),
      });
      const ofNoOne = await runAkm(["cert", "list"], { uid: 54_321, env });
      expect(ofNoOne).toMatchObject({
        code: 4,
        stderr: "akm: this user has no home folder: name a data folder with --data\n",
      });
    },
  );
});

describe("a cold backup", () => {
  test("is the folder without the master key, and the master key kept elsewhere", async () => {
    const data = join(temporaryFolder(), "data");
    const backup = join(temporaryFolder(), "backup");
    const vault = join(temporaryFolder(), "master.key");
    const server = await serveAkm(data);
    const out = join(backup, "..", "me");
    await runAkm(["cert", "issue", "--data", data, "--cn", "me", "--out", out]);
    const before = clientOf(server.kmip, out);
    const id = await createKey(before);
    const bytes = await bytesOf(before, id);
    await server.stop();

    renameSync(join(data, "master.key"), vault);
    copyKeepingOwners(data, backup);
    rmSync(data, { recursive: true });
    expect(existsSync(data)).toBe(false);

    copyKeepingOwners(backup, data);
    renameSync(vault, join(data, "master.key"));
    const restored = await serveAkm(data);
    expect(await bytesOf(clientOf(restored.kmip, out), id)).toBe(bytes);
    await restored.stop();
  });
});

function copyKeepingOwners(from: string, to: string): void {
  execFileSync("cp", ["-a", from, to]);
}
