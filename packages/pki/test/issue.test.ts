import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { createAuthority, issueClient, issueServer } from "@akm/pki";
import { keyPurposes, readIdentity } from "@akm/pki/identity";
import { issue, makePki } from "@akm/pki/testing";
import { describe, expect, test } from "vitest";

const now = new Date("2026-03-01T12:00:00Z");
const pki = await makePki(now);
const { authority } = pki;

function open(certificatePem: string): X509Certificate {
  return new X509Certificate(certificatePem);
}

describe("an authority", () => {
  const certificate = open(authority.certificatePem);

  test("may sign certificates and signs its own", () => {
    expect(certificate.ca).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: "prime256v1" });
  });

  test("lasts as many years as asked for", async () => {
    const short = await createAuthority({ commonName: "short", now, years: 2 });
    expect(open(short.certificatePem).validToDate).toEqual(new Date("2028-03-01T12:00:00Z"));
  });
});

describe("a server's certificate", () => {
  test.each([
    ["P-256", "ec"],
    ["RSA-2048", "rsa"],
  ] as const)(
    "for %s has a key of that kind and is signed by the authority",
    async (algorithm, type) => {
      const certificate = open((await pki.serverFor(algorithm)).certificatePem);
      expect(certificate.publicKey.asymmetricKeyType).toBe(type);
      expect(certificate.checkIssued(open(authority.certificatePem))).toBe(true);
      expect(certificate.verify(open(authority.certificatePem).publicKey)).toBe(true);
      expect(readIdentity(certificate).extendedKeyUsage).toEqual([keyPurposes.serverAuth]);
    },
  );

  test("is good for each of its hosts and for no other", () => {
    const certificate = open(pki.server.certificatePem);
    expect(certificate.checkHost("localhost")).toBe("localhost");
    expect(certificate.checkIP("127.0.0.1")).toBe("127.0.0.1");
    expect(certificate.checkIP("::1")).toBe("::1");
    expect(certificate.checkHost("example.org")).toBeUndefined();
  });

  test.each([["a b"], [""], ["-a.example"], ["a..b"], ["bücher.example"], ["256.1.1.1/8"]])(
    "is not made for the host %j",
    async (host) => {
      const request = { authority, hosts: [host, "localhost"], now, algorithm: "P-256" } as const;
      await expect(issueServer(request)).rejects.toThrow(
        `hosts ${JSON.stringify(host)} is neither a DNS name nor an IP address`,
      );
    },
  );

  test("is not made without a host", async () => {
    const request = { authority, hosts: [], now, algorithm: "P-256" } as const;
    await expect(issueServer(request)).rejects.toThrow("hosts [] names no host");
  });

  test("takes another Common Name where no host is short enough", async () => {
    const long = `${"a".repeat(60)}.example`;
    const server = await issueServer({ authority, hosts: [long], now, algorithm: "P-256" });
    expect(open(server.certificatePem).checkHost(long)).toBe(long);
    expect(readIdentity(open(server.certificatePem)).commonNames).toEqual(["server"]);
  });
});

describe("a client's certificate", () => {
  test("names the user, every group in order, and its purpose", async () => {
    const { certificatePem } = await pki.client("alice", ["staff", "akm_admin"]);
    const identity = readIdentity(open(certificatePem));
    expect(identity.commonNames).toEqual(["alice"]);
    expect(identity.organizationalUnits).toEqual(["staff", "akm_admin"]);
    expect(identity.extendedKeyUsage).toEqual([keyPurposes.clientAuth]);
    expect(identity.selfSigned).toBe(false);
  });

  test.each([
    ["array-7.example.org", "DNS:array-7.example.org"],
    ["192.0.2.7", "IP Address:192.0.2.7"],
    ["Jörg M", "URI:urn:client:J%C3%B6rg%20M"],
  ])("of %s has the alternative name %s", async (commonName, alternativeName) => {
    const { certificatePem } = await pki.client(commonName);
    expect(open(certificatePem).subjectAltName).toBe(alternativeName);
  });

  test.each([
    '"quoted"',
    "#0c0161",
    "a, b+c=d",
    "back\\slash",
    " spaces ",
    "語".repeat(64),
    "🔑".repeat(64),
  ])("bears the name %j as it is", async (commonName) => {
    const { certificatePem } = await pki.client(commonName, [commonName]);
    const identity = readIdentity(open(certificatePem));
    expect(identity.commonNames).toEqual([commonName]);
    expect(identity.organizationalUnits).toEqual([commonName]);
  });

  test.each([
    ["", "is empty"],
    ["a\0b", "holds a control character"],
    ["a\u0085b", "holds a control character"],
    ["a\ud800", "holds half a character"],
    ["x".repeat(65), "is longer than 64 characters"],
  ])("is not made for the name %j", async (text, why) => {
    const shown = JSON.stringify(text);
    await expect(pki.client(text)).rejects.toThrow(`commonName ${shown} ${why}`);
    await expect(pki.client("alice", [text])).rejects.toThrow(`groups ${shown} ${why}`);
  });

  test("has a serial number of its own, of 128 random bits", async () => {
    const issued = await Promise.all(Array.from({ length: 8 }, () => pki.client("alice")));
    const serials = issued.map(({ certificatePem }) => open(certificatePem).serialNumber);
    expect(new Set(serials).size).toBe(8);
    // Eight numbers that all begin with sixteen zero bits: once in 2^128 runs.
    expect(Math.max(...serials.map((serial) => serial.length))).toBeGreaterThan(28);
  });

  test("may have an RSA key", async () => {
    const request = { authority, commonName: "old", now, algorithm: "RSA-2048" } as const;
    const { certificatePem } = await issueClient(request);
    expect(open(certificatePem).publicKey.asymmetricKeyType).toBe("rsa");
  });
});

describe("the validity", () => {
  test("begins an hour early and ends after the days asked for", async () => {
    const { certificatePem } = await issueClient({ authority, commonName: "a", now, days: 1 });
    expect(open(certificatePem).validFromDate).toEqual(new Date("2026-03-01T11:00:00Z"));
    expect(open(certificatePem).validToDate).toEqual(new Date("2026-03-02T12:00:00Z"));
  });

  test("ends with the authority at the latest", async () => {
    const { certificatePem } = await issueClient({ authority, commonName: "a", now, days: 36_500 });
    expect(open(certificatePem).validToDate).toEqual(open(authority.certificatePem).validToDate);
  });

  test.each([0, -1, 1.5, Number.NaN])("is refused for %d days", async (days) => {
    await expect(issueClient({ authority, commonName: "a", now, days })).rejects.toThrow("days");
  });

  test("is refused where the authority has ended", async () => {
    const late = new Date("2050-01-01T00:00:00Z");
    await expect(issueClient({ authority, commonName: "a", now: late })).rejects.toThrow(
      'authority "2046-03-01T12:00:00.000Z" is when it ended',
    );
  });
});

describe("a signer", () => {
  const lasting = { notBefore: now, notAfter: new Date("2030-01-01T00:00:00Z") };

  test("may be an authority of one's own with an RSA key", async () => {
    const rsa = await issue({
      subject: [{ type: "CN", value: "own authority" }],
      validity: lasting,
      extensions: { isAuthority: true },
      algorithm: "RSA-2048",
      signer: "self",
    });
    const { certificatePem } = await issueClient({ authority: rsa, commonName: "alice", now });
    expect(open(certificatePem).verify(open(rsa.certificatePem).publicKey)).toBe(true);
  });

  test.each([
    ["secp384r1", generateKeyPairSync("ec", { namedCurve: "secp384r1" })],
    ["ed25519", generateKeyPairSync("ed25519")],
  ])("cannot have a key of the kind %s", async (kind, { privateKey }) => {
    const keyPem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const other = { certificatePem: authority.certificatePem, keyPem };
    await expect(issueClient({ authority: other, commonName: "alice", now })).rejects.toThrow(
      `authority "${kind}" is no kind of key that can sign here`,
    );
  });
});
