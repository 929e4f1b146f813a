import { X509Certificate } from "node:crypto";
import type { Session } from "@akm/kmip-server";
import { createAuthority, createRevocationList, issueClient } from "@akm/pki";
import { readIdentity } from "@akm/pki/identity";
import { issue } from "@akm/pki/testing";
import { expect, test } from "vitest";
import { alice, message, open, ownTrust, pki, start } from "./support.ts";

const now = new Date();
const other = await createAuthority({ commonName: "storage authority", now });
const otherTrust = {
  certificatePem: other.certificatePem,
  commonNames: ["array-1"],
  organizationalUnits: ["arrays", "akm_admin"],
  administrators: false,
};

const refusals = [
  ["expired", "Expired", /^it expired at 20/],
  ["notYetValid", "NotYetValid", /^it is valid from 20/],
  ["twoCommonNames", "SeveralCommonNames", /"alice","bob"/],
  ["noCommonName", "NoCommonName", /no Common Name/],
  ["nulInCommonName", "BadName", /NUL in the name "alice\\u0000\.example"/],
  ["wrongUsage", "WrongUsage", /1\.3\.6\.1\.5\.5\.7\.3\.1, not clientAuth/],
  ["selfSigned", "UnknownAuthority", /nobody trusted issued it/],
  ["foreign", "UnknownAuthority", /nobody trusted issued it/],
] as const;

test.each(refusals)(
  "a certificate that is %s is refused in one line",
  async (oddity, reason, why) => {
    const who = await pki.odd(oddity);
    const heard: unknown[] = [];
    const started = await start({ onRefusal: (refusal) => heard.push(refusal) });
    const client = await open(started, who);
    client.socket.write(message(16));
    await expect(client.read(1)).rejects.toThrow("ended");
    const { level, fields } = await started.line("connection.refused");
    expect(level).toBe("warn");
    expect(fields).toMatchObject({ address: "127.0.0.1", reason, mend: expect.any(String) });
    expect(fields["why"]).toMatch(why);
    expect(fields["subject"]).toMatch(oddity === "noCommonName" ? /OU=staff/ : /CN=alice/);
    expect(fields["issuer"]).toMatch(/^CN=/);
    expect(started.log.filter(({ event }) => event === "connection.refused")).toHaveLength(1);
    expect(heard).toEqual([expect.objectContaining({ reason })]);
    expect(started.listener.connections).toBe(0);
  },
);

test("a client without a certificate is refused when it asks for something", async () => {
  const started = await start();
  const client = await open(started, null);
  client.socket.write(message(16));
  await client.closed;
  const { fields } = await started.line("connection.refused");
  expect(fields).toMatchObject({
    reason: "NonePresented",
    why: expect.stringMatching(/no certif/),
  });
});

test("a client that only fetches the server's certificate is no fault", async () => {
  const started = await start();
  const client = await open(started, null);
  client.socket.end();
  await client.closed;
  await started.line("connection.closed");
  expect(started.log.filter(({ level }) => level !== "debug")).toEqual([]);
});

test.each(["TLSv1.2", "TLSv1.3"] as const)(
  "a revoked certificate is refused over %s",
  async (version) => {
    const started = await start({ crlPem: [await revoking(alice)] });
    const client = await open(started, alice, { minVersion: version, maxVersion: version });
    client.socket.write(message(16));
    await client.closed;
    const { fields } = await started.line("connection.refused");
    expect(fields).toMatchObject({ reason: "Revoked", serial: serialOf(alice) });
  },
);

test("a list of one authority says nothing about the clients of another", async () => {
  const { session } = await sessionOf(
    { trust: [ownTrust, otherTrust], crlPem: [await revoking(alice)] },
    await clientOf("array-1"),
  );
  expect(session?.user).toBe("array-1");
});

test("a list that nobody trusted signed is no list", async () => {
  const crlPem = [await revoking(alice)];
  await expect(start({ trust: [otherTrust], crlPem })).rejects.toThrow(
    "revocation list of CN=akm test authority is signed by no trusted authority",
  );
});

test("a certificate that does not limit its use is let in", async () => {
  const { session } = await sessionOf({}, await pki.odd("noUsage"));
  expect(session?.user).toBe("alice");
});

test("a session has the certificate's name, groups and address", async () => {
  const { session } = await sessionOf({}, await pki.client("bob", ["one", "two"]));
  expect(session).toEqual({
    user: "bob",
    groups: ["one", "two"],
    administrator: false,
    address: "127.0.0.1",
  });
});

test.each([
  ["by group", "root", ["akm_admin"], undefined, true],
  ["by name", "root", [], ["root"], true],
  ["but not by a name that looks like the group", "OU=akm_admin", [], undefined, false],
  ["but not by a group that is the name", "eve", ["root"], ["root"], false],
])("administrators are known %s", async (_, name, groups, administrators, expected) => {
  const options = administrators ? { administrators } : {};
  const { session } = await sessionOf(options, await pki.client(name, groups));
  expect(session?.administrator).toBe(expected);
});

test("another authority's administrators are none", async () => {
  const who = await clientOf("array-1", ["akm_admin"]);
  const { session } = await sessionOf({ trust: [ownTrust, otherTrust] }, who);
  expect(session).toMatchObject({ groups: ["akm_admin"], administrator: false });
});

test.each([
  ["name", "array-2", [], "NameNotAllowed", /name array-2/],
  ["group", "array-1", ["staff"], "GroupNotAllowed", /group staff/],
])("an authority may not assert every %s", async (_, name, groups, reason, why) => {
  const { started } = await sessionOf(
    { trust: [ownTrust, otherTrust] },
    await clientOf(name, groups),
  );
  const { fields } = await started.line("connection.refused");
  expect(fields).toMatchObject({ reason, why: expect.stringMatching(why) });
});

test.each(["selfSigned", "foreign"] as const)(
  "a single certificate, %s, can be trusted",
  async (oddity) => {
    const who = await pki.odd(oddity);
    const trust = [{ ...otherTrust, certificatePem: who.certificatePem, commonNames: ["alice"] }];
    const { session } = await sessionOf({ trust }, who);
    expect(session?.user).toBe("alice");
  },
);

test("an authority of the same name with another key is another one", async () => {
  const forger = await createAuthority({ commonName: "akm test authority", now });
  const who = await issueClient({ authority: forger, commonName: "alice", now });
  const { started } = await sessionOf({}, who);
  const { fields } = await started.line("connection.refused");
  expect(fields).toMatchObject({ reason: "UnknownAuthority" });
});

test("a client's certificate is no authority", async () => {
  const who = await issue({
    subject: [{ type: "CN", value: "mallory" }],
    validity: { notBefore: new Date(+now - 60_000), notAfter: new Date(+now + 60_000_000) },
    extensions: {},
    signer: alice,
  });
  const trust = [ownTrust, { ...ownTrust, certificatePem: alice.certificatePem }];
  const { started } = await sessionOf({ trust }, who);
  const { fields } = await started.line("connection.refused");
  expect(fields).toMatchObject({ reason: "UnknownAuthority" });
});

test("the clients of an authority that is past its time are refused", async () => {
  const past = new Date(+now - 2 * 366 * 24 * 60 * 60 * 1000);
  const old = await createAuthority({ commonName: "old authority", now: past, years: 1 });
  const who = await issue({
    subject: [{ type: "CN", value: "alice" }],
    validity: { notBefore: past, notAfter: new Date(+now + 60_000_000) },
    extensions: {},
    signer: old,
  });
  const trust = [{ ...ownTrust, certificatePem: old.certificatePem }];
  const { started } = await sessionOf({ trust }, who);
  const { fields } = await started.line("connection.refused");
  expect(fields).toMatchObject({ reason: "AuthorityNotValidNow" });
});

test("an entry of trust that is no certificate is named", async () => {
  const trust = [ownTrust, { ...ownTrust, certificatePem: "nothing" }];
  await expect(start({ trust })).rejects.toThrow(/^trust\[1\] cannot be read/);
});

test("a list that is none is named", async () => {
  await expect(start({ crlPem: ["nothing"] })).rejects.toThrow(/^crlPem\[0\] cannot be read/);
});

test("a list that is overdue still counts, and the log says so", async () => {
  const long = new Date(+now - 100 * 24 * 60 * 60 * 1000);
  const started = await start({ crlPem: [await revoking(alice, long)] });
  expect(started.log).toContainEqual(expect.objectContaining({ event: "crl.outdated" }));
  const client = await open(started);
  client.socket.write(message(16));
  await client.closed;
  expect((await started.line("connection.refused")).fields["reason"]).toBe("Revoked");
});

async function sessionOf(options: Parameters<typeof start>[0], who: typeof alice) {
  const sessions: Session[] = [];
  const started = await start({
    ...options,
    answer: async (bytes, session) => {
      sessions.push(session);
      return { bytes: Uint8Array.from(bytes), close: false };
    },
  });
  const client = await open(started, who);
  await client.ask(message(16)).catch(() => {});
  return { started, session: sessions[0] };
}

function clientOf(commonName: string, groups: readonly string[] = []) {
  return issueClient({ authority: other, commonName, groups, now });
}

function revoking(who: typeof alice, at = now): Promise<string> {
  const revoked = [{ serial: serialOf(who), at }];
  return createRevocationList({ authority: pki.authority, revoked, now: at, days: 7 });
}

function serialOf(who: typeof alice): string {
  return readIdentity(new X509Certificate(who.certificatePem)).serial;
}
