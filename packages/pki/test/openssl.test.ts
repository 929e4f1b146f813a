import { execFileSync, spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRevocationList } from "@akm/pki";
import { readIdentity } from "@akm/pki/identity";
import { makePki } from "@akm/pki/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const missing = spawnSync("openssl", ["version"]).status !== 0;
const title = missing ? "OpenSSL's own judgement (skipped: there is no openssl here)" : "OpenSSL";

describe.skipIf(missing)(title, () => {
  const now = new Date();
  const folder = mkdtempSync(join(tmpdir(), "akm-pki-"));
  const file = (name: string) => join(folder, name);

  beforeAll(async () => {
    const pki = await makePki(now);
    const revoked = await pki.client("mallory");
    writeFileSync(file("ca.pem"), pki.authority.certificatePem);
    writeFileSync(file("ec.pem"), pki.server.certificatePem);
    writeFileSync(file("rsa.pem"), (await pki.serverFor("RSA-2048")).certificatePem);
    writeFileSync(file("client.pem"), (await pki.client("Jörg", ["staff"])).certificatePem);
    writeFileSync(file("revoked.pem"), revoked.certificatePem);
    const { serial } = readIdentity(new X509Certificate(revoked.certificatePem));
    const list = { revoked: [{ serial, at: now, reason: "superseded" as const }], now, days: 7 };
    writeFileSync(
      file("crl.pem"),
      await createRevocationList({ authority: pki.authority, ...list }),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function verify(name: string, ...flags: string[]): string {
    const args = ["verify", "-x509_strict", "-CAfile", file("ca.pem"), ...flags, file(name)];
    const { stdout, stderr } = spawnSync("openssl", args, { encoding: "utf8" });
    return (stdout + stderr).replaceAll(`${folder}/`, "");
  }

  test.each([
    ["ec.pem", "sslserver"],
    ["rsa.pem", "sslserver"],
    ["client.pem", "sslclient"],
  ])("finds %s good as %s under its strict rules", (name, purpose) => {
    expect(verify(name, "-purpose", purpose)).toBe(`${name}: OK\n`);
  });

  test.each([
    ["ec.pem", "sslclient"],
    ["client.pem", "sslserver"],
  ])("finds %s no good as %s", (name, purpose) => {
    expect(verify(name, "-purpose", purpose)).toMatch(/un(suitable|supported) certificate purpose/);
  });

  test.each([
    ["ca.pem", "Certificate Sign, CRL Sign"],
    ["ec.pem", "Digital Signature"],
    ["rsa.pem", "Digital Signature, Key Encipherment"],
    ["client.pem", "Digital Signature"],
  ])("reads in %s the key usage %s", (name, usage) => {
    const args = ["x509", "-in", file(name), "-noout", "-ext", "keyUsage"];
    const lines = execFileSync("openssl", args, { encoding: "utf8" }).split("\n");
    expect(lines.map((line) => line.trim())).toEqual(["X509v3 Key Usage: critical", usage, ""]);
  });

  test("finds a client good against the revocation list, and a revoked one revoked", () => {
    const check = ["-crl_check", "-CRLfile", file("crl.pem")];
    expect(verify("client.pem", ...check)).toBe("client.pem: OK\n");
    expect(verify("revoked.pem", ...check)).toContain("certificate revoked");
  });

  test("reads number, reason and end of the revocation list", () => {
    const args = ["crl", "-in", file("crl.pem"), "-noout", "-text"];
    const text = execFileSync("openssl", args, { encoding: "utf8" });
    const seconds = Math.floor(now.getTime() / 1000);
    expect(text).toMatch(new RegExp(`CRL Number:\\s+${seconds}\\b`));
    expect(text).toContain("Superseded");
    expect(text).toContain("X509v3 Authority Key Identifier");
  });
});
