import { X509Certificate } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import {
  databasesOf,
  leftovers,
  runAkm,
  serveAkm,
  startAkm,
  temporaryFolder,
  until,
} from "./support/akm.ts";

vi.setConfig({ testTimeout: 30_000 });

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("the first run", () => {
  test("makes an installation, says what and how to connect, and nothing else on standard output", async () => {
    const data = join(temporaryFolder(), "deep", "my data");
    const server = await serveAkm(data);
    const lines = server.output.stdout.trimEnd().split("\n");
    expect(lines.slice(0, -1)).toEqual([
      `made a new installation in ${data} (settings: ${data}/akm.conf)`,
      `keep a copy of ${data}/master.key elsewhere: without it no key can be read`,
      expect.stringMatching(`^clients trust ${data}/pki/ca.pem and connect to `),
      expect.stringMatching(
        `^a client's certificate: .* cert issue --data '${data}' --cn NAME --out FOLDER$`,
      ),
    ]);
    expect(lines.at(-1)).toMatch(/^ready kmip=\S+ admin=127\.0\.0\.1:\d+ pid=\d+$/);
    expect(modeOf(data)).toBe("711");
    expect(modeOf(join(data, "master.key"))).toBe("600");
    expect(modeOf(join(data, "akm.conf"))).toBe("600");
    expect(modeOf(join(data, "run"))).toBe("700");
    expect(modeOf(join(data, "run", "akm.sock"))).toBe("600");
    expect(modeOf(join(data, "pki", "authority.pem"))).toBe("600");
    expect(modeOf(join(data, "pki", "ca.pem"))).toBe("644");

    const { code, stderr } = await server.stop();
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining("akm:") });
    expect(databasesOf(data)).toEqual([]);
    expect(leftovers(data)).toEqual([]);
  });

  test("by akm init leaves a server little to do, which then keeps what was made", async () => {
    const data = temporaryFolder();
    expect((await runAkm(["init", "--data", data, "--host", "keys.example"])).code).toBe(0);
    const made = readFileSync(join(data, "master.key"), "hex");
    const again = await runAkm(["init", "--data", data]);
    expect(again.stdout).toBe(`${data} was made before; nothing was changed\n`);
    const server = await serveAkm(data);
    expect(server.output.stdout).toMatch(/^ready [^\n]*\n$/);
    await server.stop();
    expect(readFileSync(join(data, "master.key"), "hex")).toBe(made);
  });

  test("by akm init gives the RSA and the P-256 certificate of the server every name", async () => {
    const data = temporaryFolder();
    const hosts = ["keys.example", "192.0.2.7"];
    const options = hosts.flatMap((host) => ["--host", host]);
    expect(await runAkm(["init", "--data", data, ...options])).toMatchObject({ code: 0 });
    const kinds = ["rsa", "p256"].map((kind) => {
      const pem = readFileSync(join(data, "pki", `server-${kind}.pem`));
      const certificate = new X509Certificate(pem);
      expect(certificate.checkHost("keys.example")).toBe("keys.example");
      expect(certificate.checkIP("192.0.2.7")).toBe("192.0.2.7");
      expect(certificate.checkHost("other.example")).toBeUndefined();
      return certificate.publicKey.asymmetricKeyType;
    });
    expect(kinds).toEqual(["rsa", "ec"]);
  });

  test("that is killed, at whatever moment and again and again, is finished by the next one", async () => {
    const data = join(temporaryFolder(), "data");
    const moments = [
      "run",
      "akm.conf",
      "pki/authority.pem",
      "pki/server-rsa.pem",
      "pg18",
      "master.key",
    ];
    for (const name of moments) {
      const killed = startAkm(["serve", "--data", data, "--port", "0", "--admin-port", "0"]);
      await until(() => existsSync(join(data, name)));
      killed.child.kill("SIGKILL");
      // The last moment may come after the lines for the operator, where the machine is busy.
      expect(await killed.ended).toMatchObject({ code: null, stderr: "" });
    }
    const server = await serveAkm(data);
    expect(await server.stop()).toMatchObject({ code: 0 });
    expect(leftovers(data)).toEqual([]);
  });
});
