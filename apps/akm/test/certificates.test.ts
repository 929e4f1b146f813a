import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createAuthority, issueClient, issueServer } from "@akm/pki";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { runAkm, type Server, serveAkm, temporaryFolder } from "./support/akm.ts";
import { clientOf, createKey } from "./support/client.ts";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const data = temporaryFolder(undefined, afterAll);
const akm = (...args: string[]) => runAkm([...args, "--data", data]);

/** What a client hears that is not let in. */
const shutOut = { name: "TransportError" };

async function issue(cn: string, ...args: string[]): Promise<string> {
  const out = join(data, "clients", cn);
  expect(await akm("cert", "issue", "--cn", cn, "--out", out, ...args)).toMatchObject({
    code: 0,
    stderr: "",
  });
  return out;
}

async function list(): Promise<
  { serial: string; user: string; groups: string[]; state: string }[]
> {
  return JSON.parse((await akm("cert", "list", "--json")).stdout);
}

describe("beside a running server", () => {
  let server: Server;
  beforeAll(async () => {
    server = await serveAkm(data);
  });
  afterAll(async () => {
    expect(await server.stop()).toMatchObject({ code: 0 });
  });

  test("cert issue writes what a client needs, its key for nobody else", async () => {
    const folder = await issue("alice", "--ou", "staff", "--ou", "ops");
    const modes = ["ca.pem", "cert.pem", "key.pem"].map(
      (name) => statSync(join(folder, name)).mode & 0o777,
    );
    expect(modes).toEqual([0o644, 0o644, 0o600]);
    expect(readFileSync(join(folder, "ca.pem"), "utf8")).toBe(
      readFileSync(join(data, "pki", "ca.pem"), "utf8"),
    );
    const client = clientOf(server.kmip, folder);
    await expect(createKey(client)).resolves.toHaveLength(24);
    expect(await list()).toContainEqual(
      expect.objectContaining({ user: "alice", groups: ["staff", "ops"], state: "good" }),
    );
  });

  test("a client with an RSA key is served as well", async () => {
    const client = clientOf(server.kmip, await issue("rsa", "--rsa", "--days", "2"));
    await expect(client.discoverVersions()).resolves.toBeDefined();
  });

  test("cert revoke shuts out an open connection and every later one, and the log says whom", async () => {
    const folder = await issue("mallory");
    const client = clientOf(server.kmip, folder);
    await createKey(client);
    const revoked = await akm("cert", "revoke", "--cn", "mallory", "--reason", "keyCompromise");
    expect(revoked).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^revoked [0-9A-F]+\n$/),
    });
    await expect(createKey(client)).rejects.toMatchObject(shutOut);
    await expect(createKey(clientOf(server.kmip, folder))).rejects.toMatchObject(shutOut);
    await vi.waitUntil(() => /"subject":"[^"]*CN=mallory/.test(server.output.stderr), {
      timeout: 10_000,
    });
    expect(await list()).toContainEqual(
      expect.objectContaining({ user: "mallory", state: "revoked" }),
    );
    expect(await akm("cert", "revoke", "--cn", "mallory")).toMatchObject({
      code: 11,
      stderr: "akm: there is no certificate of mallory that is good; akm cert list shows them\n",
    });
  });

  test("revocations at the same moment all hold", async () => {
    const users = ["first", "second", "third"];
    const folders = await Promise.all(users.map((user) => issue(user)));
    await Promise.all(users.map((user) => akm("cert", "revoke", "--cn", user)));
    for (const folder of folders) {
      await expect(createKey(clientOf(server.kmip, folder))).rejects.toMatchObject(shutOut);
    }
  });

  test("cert renew keeps user and groups, and the old certificate stays good", async () => {
    const old = await issue("renewed", "--ou", "staff");
    const out = join(data, "clients", "renewed again");
    expect(await akm("cert", "renew", "--cn", "renewed", "--out", out)).toMatchObject({ code: 0 });
    const own = (await list()).filter(({ user }) => user === "renewed");
    expect(own.map(({ groups, state }) => [groups, state])).toEqual([
      [["staff"], "good"],
      [["staff"], "good"],
    ]);
    const id = await createKey(clientOf(server.kmip, old));
    await expect(clientOf(server.kmip, out).get({ uniqueIdentifier: id })).resolves.toBeDefined();
  });

  test("cert renew --server gives the running server new names at once", async () => {
    const folder = await issue("names");
    await expect(createKey(clientOf(server.kmip, folder, "keys.example"))).rejects.toMatchObject(
      shutOut,
    );
    const renewed = await akm(
      "cert",
      "renew",
      "--server",
      "--host",
      "keys.example",
      "--host",
      "127.0.0.1",
    );
    expect(renewed).toMatchObject({
      code: 0,
      stdout: "new server certificates for keys.example, 127.0.0.1\n",
    });
    await expect(createKey(clientOf(server.kmip, folder, "keys.example"))).resolves.toHaveLength(
      24,
    );
    expect(await akm("cert", "renew", "--server", "--host", "localhost")).toMatchObject({
      code: 0,
    });
  });

  test("SIGHUP takes up another authority, with the names that it may assert", async () => {
    const now = new Date();
    const authority = await createAuthority({ commonName: "vcenter", now });
    writeFileSync(join(data, "vcenter.pem"), authority.certificatePem);
    const foreign = async (commonName: string) => {
      const folder = join(data, "clients", commonName);
      const { certificatePem, keyPem } = await issueClient({ authority, commonName, now });
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "cert.pem"), certificatePem);
      writeFileSync(join(folder, "key.pem"), keyPem);
      writeFileSync(join(folder, "ca.pem"), readFileSync(join(data, "pki", "ca.pem")));
      return folder;
    };
    const host = await foreign("host-1");
    await expect(createKey(clientOf(server.kmip, host))).rejects.toMatchObject(shutOut);
    appendFileSync(
      join(data, "akm.conf"),
      `\n[tls]\nclient_ca = "${join(data, "vcenter.pem")}" cn=host-1\n`,
    );
    server.child.kill("SIGHUP");
    await vi.waitUntil(() => server.output.stderr.includes("reload.done"), { timeout: 10_000 });
    await expect(createKey(clientOf(server.kmip, host))).resolves.toHaveLength(24);
    await expect(createKey(clientOf(server.kmip, await foreign("alice")))).rejects.toMatchObject(
      shutOut,
    );
  });

  test("/health notes a key that asks for a mirror", async () => {
    const id = await createKey(clientOf(server.kmip, await issue("mirror")), { mirrored: true });
    const name = `KEY-${Buffer.from(id, "base64").subarray(0, 16).toString("hex")}`;
    const response = await fetch(`http://${server.admin}/health`);
    expect(await response.json()).toEqual({
      live: true,
      ready: true,
      reasons: [],
      notes: [`y-Mirrored is set, and there is no mirror: ${name}`],
    });
  });

  test("key grant lets another user at a key, key ungrant ends it, and lists show who may", async () => {
    const owner = clientOf(server.kmip, await issue("owner"));
    const guest = clientOf(server.kmip, await issue("guest"));
    const id = await createKey(owner);
    const get = () => guest.get({ uniqueIdentifier: id });
    await expect(get()).rejects.toMatchObject({ name: "PermissionDenied" });
    expect(await akm("key", "grant", id, "--user", "guest")).toMatchObject({ code: 0 });
    await expect(get()).resolves.toBeDefined();
    const shown = await akm("key", "show", id, "--json");
    expect(JSON.parse(shown.stdout)).toMatchObject({
      id,
      owner: "owner",
      users: ["owner", "guest"],
    });
    expect((await akm("key", "list")).stdout).toMatch(
      new RegExp(`^${id.replaceAll("+", "\\+")} .* owner, guest$`, "m"),
    );
    expect(await akm("key", "ungrant", id, "--user", "guest")).toMatchObject({ code: 0 });
    await expect(get()).rejects.toMatchObject({ name: "PermissionDenied" });
    expect(await akm("key", "show", "nothing")).toMatchObject({
      code: 11,
      stderr: "akm: there is no object nothing: akm key list shows them\n",
    });
  });

  test("key list and key show say of a key the same, as a table and as JSON", async () => {
    const owner = clientOf(server.kmip, await issue("lister"));
    const id = await createKey(owner);
    await owner.activate({ uniqueIdentifier: id });
    const all = JSON.parse((await akm("key", "list", "--json")).stdout);
    const one = JSON.parse((await akm("key", "show", id, "--json")).stdout);
    expect(one).toMatchObject({ id, objectType: "SymmetricKey", state: "Active", owner: "lister" });
    expect(all).toContainEqual(one);
    const shown = (await akm("key", "show", id)).stdout.split("\n");
    expect(shown[0]).toMatch(/^ID +NAME +TYPE +STATE +OWNER +USERS +GROUPS$/);
    expect(shown[1]).toMatch(/^\S+ +KEY-[0-9a-f]{32} +SymmetricKey +Active +lister +lister$/);
    const cells = (text = "") => text.split(/ {2,}/);
    const listed = (await akm("key", "list")).stdout.split("\n").map(cells);
    expect(listed).toContainEqual(cells(shown[1]));
    expect(shown[1]?.startsWith(id)).toBe(true);
  });

  test("key grant shows no sign of a name that would move the cursor", async () => {
    const id = await createKey(clientOf(server.kmip, await issue("plain")));
    const { stdout } = await akm("key", "grant", id, "--user", "a\u001b[2Jb");
    expect(stdout).toContain("plain, a\\x1b[2Jb");
    expect(stdout).not.toContain("\u001b");
  });

  test.each([
    [["cert", "issue", "--cn", "", "--out", "/tmp"], 2, 'commonName "" is empty'],
    [
      ["cert", "issue", "--cn", "x", "--days", "0", "--out", "/tmp"],
      2,
      "--days 0 is not a number of days",
    ],
    [
      ["cert", "revoke", "--cn", "x", "--serial", "1"],
      2,
      "which certificate? One of --cn NAME and --serial HEX",
    ],
    [["cert", "revoke", "--serial", "12", "--reason", "bad"], 2, "there is no reason bad"],
    [["cert", "renew", "--cn", "x"], 2, "--out FOLDER is missing"],
    [["key", "grant", "x"], 2, "whom? --user CN or --group OU, as often as needed"],
  ])("akm %j is refused", async (args, code, text) => {
    expect(await akm(...args)).toEqual({ code, stdout: "", stderr: `akm: ${text}\n` });
  });
});

test("/health notes a server's certificate that is about to end", async () => {
  const server = await serveAkm(data);
  const [certificatePem = "", keyPem = ""] = readFileSync(
    join(data, "pki", "authority.pem"),
    "utf8",
  ).split(/(?=-----BEGIN PRIVATE)/);
  const authority = { certificatePem, keyPem };
  const soon = await issueServer({
    authority,
    hosts: ["localhost"],
    now: new Date(),
    days: 5,
    algorithm: "P-256",
  });
  writeFileSync(join(data, "pki", "server-p256.pem"), soon.certificatePem + soon.keyPem);
  const response = await fetch(`http://${server.admin}/health`);
  const { notes } = (await response.json()) as { notes: string[] };
  expect(notes[0]).toMatch(/^the server's certificate ends at \S+Z: akm cert renew --server$/);
  await server.stop();
});

describe("where no server runs", () => {
  test("commands work all the same, two at once too, and a server holds to what they did", async () => {
    const [one] = await Promise.all([issue("one"), issue("two")]);
    expect(await akm("cert", "revoke", "--cn", "two")).toMatchObject({ code: 0 });
    expect((await akm("cert", "list")).stdout).toMatch(
      /^[0-9A-F]+ +two +\d{4}-\d\d-\d\d +revoked$/m,
    );
    // What a process that died between its two files leaves.
    rmSync(join(data, "pki", "crl.pem"));
    const server = await serveAkm(data);
    await expect(createKey(clientOf(server.kmip, one))).resolves.toHaveLength(24);
    await expect(
      createKey(clientOf(server.kmip, join(data, "clients", "two"))),
    ).rejects.toMatchObject(shutOut);
    await server.stop();
  });
});
