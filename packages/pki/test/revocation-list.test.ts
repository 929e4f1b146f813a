import { X509Certificate } from "node:crypto";
import { createAuthority, createRevocationList } from "@akm/pki";
import { DerError, readIdentity, readRevocationLists } from "@akm/pki/identity";
import { expect, test } from "vitest";

const now = new Date("2026-11-24T10:00:00Z");
const authority = await createAuthority({ commonName: "one", now });
const other = await createAuthority({ commonName: "other", now });
const certificate = new X509Certificate(authority.certificatePem);

const serials = ["01", "7F", "80AABBCCDDEEFF", "D1198B846B4AF4F323F466A9252CDA41"];
const pem = await createRevocationList({
  authority,
  revoked: serials.map((serial) => ({ serial, at: now, reason: "superseded" as const })),
  now,
  days: 7,
});

test("a list tells its issuer, its dates and whom it revokes", () => {
  const [list] = readRevocationLists(pem);
  expect(list?.issuer.der).toEqual(readIdentity(certificate).subject.der);
  expect(list?.serials).toEqual(new Set(serials));
  expect(list?.thisUpdate).toEqual(new Date("2026-11-24T09:00:00Z"));
  expect(list?.nextUpdate).toEqual(new Date("2026-12-01T10:00:00Z"));
});

test("a list that revokes nobody is a list", async () => {
  const empty = await createRevocationList({ authority, revoked: [], now, days: 7 });
  expect(readRevocationLists(empty)[0]?.serials).toEqual(new Set());
});

test("a list is signed by its authority and by no other", () => {
  const [list] = readRevocationLists(pem);
  expect(list?.isSignedBy(certificate)).toBe(true);
  expect(list?.isSignedBy(new X509Certificate(other.certificatePem))).toBe(false);
});

test("a list of which one bit is flipped is signed by nobody, or is none", () => {
  const bytes = derOf(pem);
  for (let at = 0; at < bytes.length; at++) {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
    expect(isSigned(flipped), `byte ${at}`).toBe(false);
  }
});

test("several lists in one text are read in order, and text between them is not", async () => {
  const second = await createRevocationList({ authority: other, revoked: [], now, days: 7 });
  const issuers = readRevocationLists(`first\n${pem}\nsecond\n${second}`).map(
    ({ issuer }) => issuer.text,
  );
  expect(issuers).toEqual(["CN=one", "CN=other"]);
  expect(readRevocationLists("nothing")).toEqual([]);
});

/** Whether the list still counts as the authority's. */
function isSigned(der: Uint8Array): boolean {
  const body = Buffer.from(der).toString("base64");
  try {
    const [list] = readRevocationLists(`-----BEGIN X509 CRL-----\n${body}\n-----END X509 CRL-----`);
    return list?.isSignedBy(certificate) ?? false;
  } catch (error) {
    expect(error).toBeInstanceOf(DerError);
    return false;
  }
}

function derOf(text: string): Buffer {
  return Buffer.from(text.replace(/-----[^-]+-----/g, ""), "base64");
}
