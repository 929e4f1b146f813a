import { once } from "node:events";
import { connect } from "node:net";
import { createRevocationList } from "@akm/pki";
import { readIdentity } from "@akm/pki/identity";
import { expect, test } from "vitest";
import {
  alice,
  type Client,
  message,
  open,
  ownTrust,
  pki,
  type Started,
  start,
} from "./support.ts";

const rsa = await pki.serverFor("RSA-2048");
const both = [pki.server, rsa];

test.each(["TLSv1.2", "TLSv1.3"] as const)("%s is served", async (version) => {
  const started = await start();
  const client = await open(started, alice, { minVersion: version, maxVersion: version });
  expect(await client.ask(message(24, 7))).toEqual(message(24, 7));
  const { level, fields } = await started.line("connection.open");
  expect(level).toBe("debug");
  expect(fields).toMatchObject({ protocol: version, user: "alice", resumed: false });
});

test.each([
  ["RSA", "ECDHE-RSA-AES128-GCM-SHA256"],
  ["P-256", "ECDHE-ECDSA-AES128-GCM-SHA256"],
])("a client that knows only %s finds a certificate", async (_, ciphers) => {
  const started = await start({ certificates: both });
  const client = await open(started, alice, { ciphers, maxVersion: "TLSv1.2" });
  expect(await client.ask(message(16))).toEqual(message(16));
});

test("RSA key exchange is served where the operator wants it", async () => {
  const old = { ciphers: "AES128-SHA256", maxVersion: "TLSv1.2" } as const;
  const client = await open(await start({ certificates: both, legacyCiphers: true }), alice, old);
  expect(await client.ask(message(16))).toEqual(message(16));
});

test.each([
  ["RSA key exchange", { ciphers: "AES128-SHA256", maxVersion: "TLSv1.2" }, /no cipher suite/],
  ["CBC", { ciphers: "ECDHE-RSA-AES128-SHA", maxVersion: "TLSv1.2" }, /no cipher suite/],
  [
    "TLS 1.1",
    { ciphers: "DEFAULT:@SECLEVEL=0", minVersion: "TLSv1", maxVersion: "TLSv1.1" },
    /no TLS version from 1\.2/,
  ],
] as const)("a client with nothing but %s is refused in words", async (_, options, why) => {
  const started = await start({ certificates: both });
  await open(started, alice, options);
  const { level, fields } = await started.line("tls.failed");
  expect(level).toBe("warn");
  expect(fields).toMatchObject({ address: "127.0.0.1", mend: expect.any(String) });
  expect(fields["why"]).toMatch(why);
});

test.each([
  ["KMIP", message(16), /speaks no TLS/],
  ["HTTP", Buffer.from("GET / HTTP/1.1\r\n\r\n"), /plain HTTP/],
])("plain %s on the port is refused in words", async (_, bytes, why) => {
  const started = await start();
  const socket = connect(started.listener.port, "127.0.0.1").on("error", () => {});
  socket.write(bytes);
  socket.resume();
  await once(socket, "close");
  expect((await started.line("tls.failed")).fields["why"]).toMatch(why);
});

test("a probe of the port is no fault", async () => {
  const started = await start();
  const socket = connect(started.listener.port, "127.0.0.1");
  await once(socket, "connect");
  socket.end().resume();
  await once(socket, "close");
  const { level } = await started.line("tls.failed");
  expect(level).toBe("debug");
});

test.each(["TLSv1.2", "TLSv1.3"] as const)("a session of %s is resumed", async (version) => {
  const started = await start();
  const { client } = await resume(started, version);
  expect(await client.ask(message(16))).toEqual(message(16));
  expect(client.socket.isSessionReused()).toBe(true);
  expect(started.log.filter(({ event }) => event === "connection.open")).toHaveLength(2);
});

test.each(["TLSv1.2", "TLSv1.3"] as const)(
  "a session of %s is not resumed into a revocation",
  async (version) => {
    const started = await start();
    const { client } = await resume(started, version, async () => {
      started.listener.reload({
        certificates: [pki.server],
        trust: [ownTrust],
        crlPem: [await revokingAlice()],
      });
    });
    await expect(client.ask(message(16))).rejects.toThrow("ended");
    expect(started.log.at(-1)?.fields).toMatchObject({ reason: "Revoked" });
  },
);

test("reload ends the open connections of the revoked, and no other", async () => {
  const started = await start();
  const mallory = await open(started, alice);
  const bob = await open(started, await pki.client("bob"));
  await Promise.all([mallory.ask(message(16)), bob.ask(message(16))]);
  const crlPem = [await revokingAlice()];
  started.listener.reload({ certificates: [pki.server], trust: [ownTrust], crlPem });
  await mallory.closed;
  expect(await bob.ask(message(16))).toEqual(message(16));
  expect((await started.line("connection.refused")).fields).toMatchObject({ reason: "Revoked" });
});

test("reload changes who is an administrator on open connections", async () => {
  const seen: boolean[] = [];
  const started = await start({
    answer: async (bytes, { administrator }) => {
      seen.push(administrator);
      return { bytes: Uint8Array.from(bytes), close: false };
    },
  });
  const client = await open(started);
  await client.ask(message(16));
  const administrators = ["OU=staff"];
  started.listener.reload({ certificates: [pki.server], trust: [ownTrust], administrators });
  await client.ask(message(16));
  expect(seen).toEqual([false, true]);
});

test("reload gives new connections the new certificate", async () => {
  const started = await start();
  started.listener.reload({ certificates: [rsa], trust: [ownTrust] });
  const client = await open(started);
  expect(client.socket.getPeerX509Certificate()?.publicKey.asymmetricKeyType).toBe("rsa");
});

test("reload of what cannot be read leaves all as it was", async () => {
  const started = await start();
  const client = await open(started);
  const certificates = [{ ...pki.server, keyPem: rsa.keyPem }];
  const reload = (one: typeof certificates) =>
    started.listener.reload({ certificates: one, trust: [] });
  expect(() => reload(certificates)).toThrow("certificates[0] has the key of another certificate");
  expect(() => reload([])).toThrow("no certificate to serve with");
  expect(await client.ask(message(16))).toEqual(message(16));
  const another = await open(started);
  expect(await another.ask(message(16))).toEqual(message(16));
});

/** A second connection with the session of a first one that is gone; `between` happens in between. */
async function resume(
  started: Started,
  version: "TLSv1.2" | "TLSv1.3",
  between: () => Promise<void> = async () => {},
): Promise<{ client: Client }> {
  const versions = { minVersion: version, maxVersion: version };
  const first = await open(started, alice, versions);
  await first.ask(message(16));
  const session = await first.session;
  first.socket.end();
  await first.closed;
  await between();
  return { client: await open(started, alice, { ...versions, session }) };
}

function revokingAlice(): Promise<string> {
  const { serial } = readIdentity(Buffer.from(pemBody(alice.certificatePem), "base64"));
  const now = new Date();
  return createRevocationList({
    authority: pki.authority,
    revoked: [{ serial, at: now }],
    now,
    days: 7,
  });
}

function pemBody(pem: string): string {
  return pem.replace(/-----[^-]+-----/g, "");
}
