import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect, type SecureVersion, type TLSSocket } from "node:tls";
import { type Client, createClient } from "@akm/kmip-client";
import { type CertifiedKey, createAuthority, createRevocationList, issueClient } from "@akm/pki";
import { readIdentity } from "@akm/pki/identity";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { type Server, serveAkm, temporaryFolder } from "./support/akm.ts";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const data = temporaryFolder(undefined, afterAll);
const list = join(data, "vcenter.crl");
const now = new Date();
const authority = await createAuthority({ commonName: "vcenter", now });
let server: Server;

beforeAll(async () => {
  const trusted = join(data, "vcenter.pem");
  writeFileSync(trusted, authority.certificatePem);
  await publish([]);
  const settings = [`client_ca = "${trusted}" cn=*`, `crl = ${list}`];
  writeFileSync(join(data, "akm.conf"), ["[tls]", ...settings, ""].join("\n"));
  server = await serveAkm(data);
});
afterAll(async () => {
  expect(await server.stop()).toMatchObject({ code: 0 });
});

test.each(["TLSv1.2", "TLSv1.3"] as const)(
  "SIGHUP takes up another authority's revocations, for resumed sessions of %s too",
  async (version) => {
    const commonName = `host ${version}`;
    const host = await issueClient({ authority, commonName, now });
    const first = open(host, version);
    const session = once(first.socket, "session");
    await expect(first.client.discoverVersions()).resolves.toBeDefined();
    const [ticket] = (await session) as [Buffer];
    const again = open(host, version, ticket);
    await expect(again.client.discoverVersions()).resolves.toBeDefined();
    expect(again.socket.isSessionReused()).toBe(true);

    await publish([host]);
    const reloads = countOf("reload.done");
    server.child.kill("SIGHUP");
    await vi.waitUntil(() => countOf("reload.done") > reloads, { timeout: 10_000 });

    await expect(again.client.discoverVersions()).rejects.toThrow();
    await expect(open(host, version, ticket).client.discoverVersions()).rejects.toThrow();
    await expect(open(host, version).client.discoverVersions()).rejects.toThrow();
    const refused = server.output.stderr.split("\n").filter((line) => line.includes(commonName));
    expect(JSON.parse(refused.at(-1) ?? "")).toMatchObject({
      event: "connection.refused",
      reason: "Revoked",
      subject: `CN=${commonName}`,
      issuer: "CN=vcenter",
      mend: expect.stringMatching(/./),
    });
  },
);

const countOf = (event: string) => server.output.stderr.split(event).length - 1;

/** Writes the authority's list of the revoked. */
async function publish(certificates: readonly CertifiedKey[]): Promise<void> {
  const revoked = certificates.map(({ certificatePem }) => {
    const der = Buffer.from(certificatePem.replace(/-----[^-]+-----/g, ""), "base64");
    return { serial: readIdentity(der).serial, at: now };
  });
  writeFileSync(list, await createRevocationList({ authority, revoked, now, days: 7 }));
}

/** A client on one connection, begun with the session of an earlier one where it is given. */
function open(
  { certificatePem: cert, keyPem: key }: CertifiedKey,
  version: SecureVersion,
  session?: Buffer,
): { socket: TLSSocket; client: Client } {
  const [host = "", port] = server.kmip.split(":");
  const ca = readFileSync(join(data, "pki", "ca.pem"));
  const versions = { minVersion: version, maxVersion: version };
  const place = { host, port: Number(port), servername: "localhost" };
  const socket = connect({ ...place, cert, key, ca, ...versions, ...(session && { session }) });
  socket.on("error", () => {});
  onTestFinished(() => void socket.destroy());
  return { socket, client: createClient((message) => ask(socket, message)) };
}

/** One message there, one back; rejects where the connection ends instead. */
function ask(socket: TLSSocket, message: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const end = () => reject(new Error("the connection ended"));
    if (socket.destroyed) end();
    socket.once("close", end).once("data", resolve).write(message);
  });
}
