import { createRevocationList } from "@akm/pki";
import { makePki } from "@akm/pki/testing";
import { expect, test } from "vitest";

// The library that wrote the list reads it back; what OpenSSL makes of it is in openssl.test.ts.
await import("reflect-metadata");
const { X509Certificate, X509Crl, X509CrlReason } = await import("@peculiar/x509");

const now = new Date("2026-03-01T12:00:00Z");
const { authority } = await makePki(now);

test("a revocation list is the authority's, and good for the days asked for", async () => {
  const list = new X509Crl(await createRevocationList({ authority, revoked: [], now, days: 7 }));
  const { publicKey, subject } = new X509Certificate(authority.certificatePem);
  expect(await list.verify({ publicKey: await publicKey.export() })).toBe(true);
  expect(list.issuer).toBe(subject);
  // An hour early, for servers whose clock is behind.
  expect(list.thisUpdate).toEqual(new Date("2026-03-01T11:00:00Z"));
  expect(list.nextUpdate).toEqual(new Date("2026-03-08T12:00:00Z"));
  expect(list.entries).toEqual([]);
});

test("each revoked certificate is in it, with its date and reason", async () => {
  const revoked = [
    { serial: "01", at: new Date("2026-01-01T00:00:00Z") },
    { serial: "FF02", at: now, reason: "superseded" },
  ] as const;
  const list = new X509Crl(await createRevocationList({ authority, revoked, now, days: 7 }));
  expect(list.entries.map((entry) => entry.serialNumber)).toEqual(["01", "ff02"]);
  expect(list.entries.map((entry) => entry.revocationDate)).toEqual([revoked[0].at, now]);
  expect(list.entries.map((entry) => entry.reason)).toEqual([undefined, X509CrlReason.superseded]);
});

test.each([
  ["2026-03-01T12:00:00Z", "020469a42a40"],
  ["2040-01-01T00:00:00Z", "02050083aa7e80"],
  ["1970-01-01T00:01:40Z", "020164"],
])("a list of %s has that moment for a number", async (at, number) => {
  const request = { authority, revoked: [], now: new Date(at), days: 7 };
  const list = new X509Crl(await createRevocationList(request));
  const value = list.getExtension("2.5.29.20")?.value ?? new ArrayBuffer(0);
  expect(Buffer.from(value).toString("hex")).toBe(number);
});
