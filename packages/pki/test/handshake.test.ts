import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import {
  connect,
  createServer,
  type SecureContextOptions,
  type Server,
  type TLSSocket,
} from "node:tls";
import { type CertifiedKey, createRevocationList, issueClient } from "@akm/pki";
import { readIdentity } from "@akm/pki/identity";
import { issue, makePki, type Oddity } from "@akm/pki/testing";
import { afterEach, describe, expect, test } from "vitest";

// TLS looks at the real clock.
const now = new Date();
const pki = await makePki(now);
const ca = pki.authority.certificatePem;
const servers = { "P-256": pki.server, "RSA-2048": await pki.serverFor("RSA-2048") };

let server: Server | undefined;
afterEach(() => server?.close());

/** What came of a handshake: who the server saw and by which cipher, or why there was none. */
type Meeting =
  | { names: readonly string[]; protocol: string | null; cipher: string }
  | { refused: string };

interface Asked {
  readonly client: CertifiedKey;
  readonly server?: CertifiedKey;
  readonly tls?: SecureContextOptions;
  readonly crl?: string;
}

async function meet({ client, server: own = pki.server, tls = {}, crl }: Asked): Promise<Meeting> {
  const { certificatePem: cert, keyPem: key } = own;
  server = createServer({ cert, key, ca, requestCert: true, ...(crl && { crl }), ...tls });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const known = { cert: client.certificatePem, key: client.keyPem };
  const socket = connect({ port, host: "127.0.0.1", ca, ...known, ...tls });
  // A refused client sees the connection break; the server's side tells why.
  socket.on("error", () => {});
  return outcomeOf(server, socket);
}

async function outcomeOf(listening: Server, socket: TLSSocket): Promise<Meeting> {
  const seen = new Promise<Meeting>((resolve) => {
    listening.once("secureConnection", (peer: TLSSocket) => {
      const certificate = peer.getPeerX509Certificate();
      if (certificate === undefined) throw new Error("a client without a certificate was let in");
      const { commonNames, organizationalUnits } = readIdentity(certificate);
      const names = [...commonNames, ...organizationalUnits];
      resolve({ names, protocol: peer.getProtocol(), cipher: peer.getCipher().name });
    });
    listening.once("tlsClientError", (error, peer) =>
      resolve({ refused: String(peer.authorizationError ?? error.message) }),
    );
  });
  try {
    return await seen;
  } finally {
    socket.destroy();
  }
}

describe.each(["TLSv1.2", "TLSv1.3"] as const)("over %s", (version) => {
  const tls = { minVersion: version, maxVersion: version };

  test.each(["P-256", "RSA-2048"] as const)(
    "a server with a %s key and a client meet",
    async (algorithm) => {
      const client = await pki.client("alice", ["staff", "akm_admin"]);
      const meeting = await meet({ client, server: servers[algorithm], tls });
      expect(meeting).toMatchObject({ names: ["alice", "staff", "akm_admin"], protocol: version });
    },
  );

  test.each<[Oddity, string]>([
    ["expired", "CERT_HAS_EXPIRED"],
    ["notYetValid", "CERT_NOT_YET_VALID"],
    ["selfSigned", "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ["foreign", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
    ["wrongUsage", "INVALID_PURPOSE"],
  ])("a client whose certificate is %s is refused", async (oddity, code) => {
    const client = await pki.odd(oddity);
    expect(await meet({ client, tls })).toEqual({ refused: code });
  });

  test.each<[Oddity, readonly string[]]>([
    ["noUsage", ["alice"]],
    ["twoCommonNames", ["alice", "bob"]],
    ["noCommonName", ["staff"]],
    ["nulInCommonName", ["alice\0.example"]],
  ])(
    "TLS lets in a client whose certificate is %s, so the identity has to tell",
    async (oddity, names) => {
      expect(await meet({ client: await pki.odd(oddity), tls })).toMatchObject({ names });
    },
  );
});

test("a client of an authority beneath the authority is refused", async () => {
  const beneath = await issue({
    subject: [{ type: "CN", value: "beneath" }],
    validity: { notBefore: now, notAfter: new Date(now.getTime() + 3_600_000) },
    extensions: { isAuthority: true },
    signer: pki.authority,
  });
  const leaf = await issueClient({ authority: beneath, commonName: "alice", now });
  const client = { ...leaf, certificatePem: leaf.certificatePem + beneath.certificatePem };
  expect(await meet({ client })).toEqual({ refused: "PATH_LENGTH_EXCEEDED" });
});

test("an RSA server can do without forward secrecy, for the oldest of clients", async () => {
  const meeting = await meet({
    client: await pki.client("old"),
    server: servers["RSA-2048"],
    tls: { maxVersion: "TLSv1.2", ciphers: "AES128-SHA:@SECLEVEL=0" },
  });
  expect(meeting).toMatchObject({ names: ["old"], cipher: "AES128-SHA" });
});

describe("with a revocation list", () => {
  test("a revoked client is refused, and another one is let in", async () => {
    const [revoked, good] = [await pki.client("mallory"), await pki.client("alice")];
    const { serial } = readIdentity(new X509Certificate(revoked.certificatePem));
    const crl = await createRevocationList({
      authority: pki.authority,
      revoked: [{ serial, at: now, reason: "keyCompromise" }],
      now,
      days: 7,
    });
    expect(await meet({ client: revoked, crl })).toEqual({ refused: "CERT_REVOKED" });
    server?.close();
    expect(await meet({ client: good, crl })).toMatchObject({ names: ["alice"] });
  });

  test("an empty one lets every client in", async () => {
    const crl = await createRevocationList({ authority: pki.authority, revoked: [], now, days: 7 });
    expect(await meet({ client: await pki.client("alice"), crl })).toMatchObject({
      names: ["alice"],
    });
  });
});
