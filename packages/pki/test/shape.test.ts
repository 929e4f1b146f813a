import { createHash } from "node:crypto";
import { readIdentity } from "@akm/pki/identity";
import { expect, test } from "vitest";

/** An element of less than 65,536 bytes from its content. */
function der(tag: number, ...content: readonly (Buffer | string)[]): Buffer {
  const bytes = Buffer.concat(
    content.map((part) => (typeof part === "string" ? Buffer.from(part, "hex") : part)),
  );
  const { length } = bytes;
  const header =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...header]), bytes]);
}

const sequence = (...content: readonly (Buffer | string)[]) => der(0x30, ...content);
const oid = (digits: string) => der(0x06, digits);
const commonName = oid("550403");
const name = (...attribute: readonly Buffer[]) => sequence(der(0x31, sequence(...attribute)));
const alice = der(0x0c, Buffer.from("alice"));
const time = (text: string) => der(text.length === 13 ? 0x17 : 0x18, Buffer.from(text));
const list = (...extensions: readonly Buffer[]) => der(0xa3, sequence(...extensions));
const usage = (...content: readonly Buffer[]) => sequence(oid("551d25"), ...content);
const clientAuth = der(0x04, sequence(oid("2b06010505070302")));

/** The smallest certificate there can be, part by part. */
const parts = {
  version: der(0xa0, der(0x02, "02")),
  serial: der(0x02, "01"),
  algorithm: sequence(),
  issuer: name(commonName, der(0x0c, Buffer.from("issuer"))),
  validity: sequence(time("260301000000Z"), time("20500301000000Z")),
  subject: name(commonName, alice),
  key: sequence(),
  extensions: list(usage(clientAuth)),
  behind: Buffer.alloc(0) as Buffer,
};

function certificate(change: Partial<typeof parts> = {}): Buffer {
  const { behind, ...body } = { ...parts, ...change };
  return sequence(sequence(...Object.values(body)), sequence(), der(0x03, "00"), behind);
}

const nothing: Buffer = Buffer.alloc(0);

test("the smallest certificate is read", () => {
  const bytes = certificate();
  const digest = createHash("sha256").update(bytes).digest("hex").toUpperCase();
  expect(readIdentity(bytes)).toMatchObject({
    commonNames: ["alice"],
    serial: "01",
    subject: { text: "CN=alice" },
    issuer: { text: "CN=issuer" },
    notBefore: new Date("2026-03-01T00:00:00Z"),
    notAfter: new Date("2050-03-01T00:00:00Z"),
    extendedKeyUsage: ["1.3.6.1.5.5.7.3.2"],
    selfSigned: false,
    fingerprint256: digest.match(/../g)?.join(":"),
  });
});

test.each<[string, Partial<typeof parts>]>([
  ["of version 1, without version or extensions", { version: nothing, extensions: nothing }],
  [
    "with unique identifiers",
    { extensions: Buffer.concat([der(0x81, "00"), der(0x82, "00"), list()]) },
  ],
])("a certificate %s is read", (_, change) => {
  expect(readIdentity(certificate(change)).commonNames).toEqual(["alice"]);
});

test.each([
  ["00", "00"],
  ["7f", "7F"],
  ["0080", "80"],
  ["80", "80"],
  ["ff7f", "FF7F"],
])("the serial number %s is %s", (content, serial) => {
  expect(readIdentity(certificate({ serial: der(0x02, content) })).serial).toBe(serial);
});

test("two digits of a year mean 1950 to 2049", () => {
  const validity = sequence(time("500101000000Z"), time("491231235959Z"));
  const { notBefore, notAfter } = readIdentity(certificate({ validity }));
  expect(notBefore).toEqual(new Date("1950-01-01T00:00:00Z"));
  expect(notAfter).toEqual(new Date("2049-12-31T23:59:59Z"));
});

test.each([
  ["critical", der(0x01, "ff")],
  ["not critical, said needlessly", der(0x01, "00")],
])("purposes are read where the extension is %s", (_, critical) => {
  const bytes = certificate({ extensions: list(usage(critical, clientAuth)) });
  expect(readIdentity(bytes).extendedKeyUsage).toHaveLength(1);
});

test("object identifiers are read whatever their numbers", () => {
  const types = ["2a03", "00", "8837", "813403", "2b83ffffffffffffffff7f"];
  const purposes = der(0x04, sequence(...types.map(oid)));
  const bytes = certificate({ extensions: list(usage(purposes)) });
  expect(readIdentity(bytes).extendedKeyUsage).toEqual([
    "1.2.3",
    "0.0",
    "2.999",
    "2.100.3",
    "1.3.36893488147419103231",
  ]);
});

test.each<[string, Partial<typeof parts>, string]>([
  ["goes on behind its signature", { behind: sequence() }, "TrailingBytes"],
  ["has no serial number", { serial: nothing }, "BadTag"],
  ["has an empty serial number", { serial: der(0x02) }, "BadValue"],
  ["has a serial number with a zero in front", { serial: der(0x02, "007f") }, "BadValue"],
  ["has a serial number with ff in front", { serial: der(0x02, "ff80") }, "BadValue"],
  [
    "has a validity of three",
    { validity: sequence(time("260301000000Z"), time("260301000000Z"), time("260301000000Z")) },
    "TrailingBytes",
  ],
  ["has a validity of one", { validity: sequence(time("260301000000Z")) }, "Truncated"],
  [
    "has a time with an offset",
    { validity: sequence(time("260301000000Z"), der(0x17, Buffer.from("2603010000+01"))) },
    "BadValue",
  ],
  [
    "has a time without seconds",
    { validity: sequence(time("260301000000Z"), der(0x17, Buffer.from("2603010000Z"))) },
    "BadValue",
  ],
  [
    "has an hour 24",
    { validity: sequence(time("260301240000Z"), time("260301000000Z")) },
    "BadValue",
  ],
  ["has a name's part without a value", { subject: name(commonName) }, "Truncated"],
  ["has a name's part of three", { subject: name(commonName, alice, alice) }, "TrailingBytes"],
  ["has a name's part without a type", { subject: name() }, "Truncated"],
  ["has an empty type of a name's part", { subject: name(oid(""), alice) }, "BadValue"],
  ["has a name that is a set", { subject: der(0x31) }, "BadTag"],
  ["has a public key that is a set", { key: der(0x31) }, "BadTag"],
  ["has no public key", { key: nothing, extensions: nothing }, "Truncated"],
  ["has two lists of extensions", { extensions: Buffer.concat([list(), list()]) }, "BadTag"],
  [
    "has extensions before an identifier",
    { extensions: Buffer.concat([list(), der(0x81, "00")]) },
    "BadTag",
  ],
  ["has something unknown behind its key", { extensions: der(0xa4, sequence()) }, "BadTag"],
  ["has two lists in one", { extensions: der(0xa3, sequence(), sequence()) }, "TrailingBytes"],
  ["has no list in its extensions", { extensions: der(0xa3) }, "Truncated"],
  [
    "has the same extension twice",
    { extensions: list(usage(clientAuth), usage(clientAuth)) },
    "BadValue",
  ],
  [
    "has an extension of four",
    { extensions: list(usage(der(0x01, "ff"), clientAuth, clientAuth)) },
    "TrailingBytes",
  ],
  ["has an extension without a value", { extensions: list(usage()) }, "Truncated"],
  [
    "has bytes behind its purposes",
    { extensions: list(usage(der(0x04, sequence(), "00"))) },
    "TrailingBytes",
  ],
])("a certificate that %s is refused", (_, change, code) => {
  const read = () => readIdentity(certificate(change));
  expect(read).toThrow(expect.objectContaining({ name: "DerError", code }));
});

test("an error tells where in the certificate it stands", () => {
  const bytes = certificate({ extensions: list(usage(der(0x04, sequence(), "00"))) });
  const at = bytes.lastIndexOf(Buffer.from("300000", "hex")) + 2;
  expect(() => readIdentity(bytes)).toThrow(`1 bytes too many (byte ${at})`);
});
