import { X509Certificate } from "node:crypto";
import { DerError, keyPurposes, readIdentity } from "@akm/pki/identity";
import { issue, makePki } from "@akm/pki/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const now = new Date("2026-03-01T12:00:00Z");
const validity = { notBefore: now, notAfter: new Date("2026-03-02T12:00:00Z") };
const pki = await makePki(now);
const alice = new X509Certificate((await pki.client("alice", ["staff"])).certificatePem);

/** A string element of less than 128 bytes. */
function string(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, content.length]), content]);
}

const typeOids = { L: "0603550407", O: "060355040a", CN: "0603550403", OU: "060355040b" };

/** A certificate whose subject holds these elements, whatever they are; its signature is of an earlier version. */
async function derOf(values: Partial<Record<keyof typeof typeOids, Buffer>>): Promise<Buffer> {
  const types = (Object.keys(values) as (keyof typeof typeOids)[]).map((type) => ({
    type,
    value: values[type] ?? Buffer.alloc(0),
  }));
  const subject = types.map(({ type, value }) => ({ type, value: "x".repeat(value.length - 2) }));
  const made = await issue({ subject, validity, extensions: {}, signer: pki.authority });
  const der = new X509Certificate(made.certificatePem).raw;
  return types.reduce<Buffer>((before, { type, value }) => {
    const placeholder = string(0x0c, Buffer.alloc(value.length - 2, "x")).toString("hex");
    return edit(before, typeOids[type] + placeholder, typeOids[type] + value.toString("hex"));
  }, der);
}

/** The certificate with the only occurrence of some bytes replaced by as many others. */
function edit(der: Buffer, from: string, to: string): Buffer {
  const hex = der.toString("hex");
  expect(hex.split(from).length, `occurrences of ${from}, plus one`).toBe(2);
  return Buffer.from(hex.replace(from, to), "hex");
}

describe("an identity", () => {
  test("agrees with Node where Node reads faithfully", () => {
    for (const certificate of [alice, new X509Certificate(pki.authority.certificatePem)]) {
      const identity = readIdentity(certificate);
      expect(identity.serial).toBe(certificate.serialNumber);
      expect(identity.fingerprint256).toBe(certificate.fingerprint256);
      expect(identity.notBefore).toEqual(certificate.validFromDate);
      expect(identity.notAfter).toEqual(certificate.validToDate);
      expect(identity.extendedKeyUsage).toEqual(certificate.keyUsage);
    }
  });

  test("is the same from DER as from Node's certificate", () => {
    expect(readIdentity(alice.raw)).toEqual(readIdentity(alice));
  });

  test("names its issuer by the very bytes of the issuer's subject", () => {
    const authority = readIdentity(new X509Certificate(pki.authority.certificatePem));
    expect(readIdentity(alice).issuer.der).toEqual(authority.subject.der);
    expect(readIdentity(alice).issuer.text).toBe("CN=akm test authority");
  });

  test("leaves purposes out where the certificate does not limit them", async () => {
    const { certificatePem } = await pki.odd("noUsage");
    expect(readIdentity(new X509Certificate(certificatePem))).not.toHaveProperty(
      "extendedKeyUsage",
    );
  });

  test("keeps dates after 2049, which are written in another form", async () => {
    const late = {
      notBefore: new Date("1999-12-31T23:59:59Z"),
      notAfter: new Date("2050-01-01T00:00:00Z"),
    };
    const subject = [{ type: "CN", value: "a" }] as const;
    const made = await issue({ subject, validity: late, extensions: {}, signer: "self" });
    const { notBefore, notAfter } = readIdentity(new X509Certificate(made.certificatePem));
    expect({ notBefore, notAfter }).toEqual(late);
  });
});

describe("self-signed", () => {
  test.each([
    ["an authority", async () => pki.authority, true],
    ["a self-signed client", () => pki.odd("selfSigned"), true],
    ["an issued client", () => pki.odd("noUsage"), false],
    ["a client that bears its issuer's name", () => pki.client("akm test authority"), false],
  ] as const)("%s is told apart", async (_, make, selfSigned) => {
    const { certificatePem } = await make();
    expect(readIdentity(new X509Certificate(certificatePem)).selfSigned).toBe(selfSigned);
  });

  test("is not what has a broken signature", async () => {
    const { certificatePem } = await pki.odd("selfSigned");
    const der = Buffer.from(new X509Certificate(certificatePem).raw);
    der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
    expect(readIdentity(der).selfSigned).toBe(false);
  });

  test("is not what has a key of a kind that nobody knows", async () => {
    const { certificatePem } = await pki.odd("selfSigned");
    // id-ecPublicKey 1.2.840.10045.2.1 becomes 1.2.840.10045.2.9
    const der = edit(
      new X509Certificate(certificatePem).raw,
      "06072a8648ce3d0201",
      "06072a8648ce3d0209",
    );
    expect(readIdentity(der).selfSigned).toBe(false);
  });
});

describe("a Common Name is read as it stands", () => {
  test.each([
    ["UTF8String", string(0x0c, Buffer.from("Jörg 語")), "Jörg 語"],
    ["PrintableString", string(0x13, Buffer.from("alice")), "alice"],
    ["IA5String", string(0x16, Buffer.from("a@b")), "a@b"],
    ["T61String", string(0x14, Buffer.from("J\u00f6rg", "latin1")), "Jörg"],
    ["BMPString", string(0x1e, Buffer.from("004a00f68a9e", "hex")), "Jö語"],
    ["NumericString", string(0x12, Buffer.from("12 3")), "12 3"],
    ["VisibleString", string(0x1a, Buffer.from("alice")), "alice"],
    ["UTF8String with NUL", string(0x0c, Buffer.from("alice\0.evil")), "alice\0.evil"],
    ["PrintableString with NUL", string(0x13, Buffer.from("a\0b")), "a\0b"],
    ["BMPString with NUL", string(0x1e, Buffer.from("006100000062", "hex")), "a\0b"],
    ["UTF8String with a byte order mark", string(0x0c, Buffer.from("\ufeffa")), "\ufeffa"],
    [
      "UTF8String that looks like more",
      string(0x0c, Buffer.from("a\nCN=root, OU=x")),
      "a\nCN=root, OU=x",
    ],
    ["empty UTF8String", string(0x0c, Buffer.alloc(0)), ""],
  ])("in a %s", async (_, value, text) => {
    const { commonNames, organizationalUnits } = readIdentity(
      await derOf({ CN: value, OU: value }),
    );
    expect(commonNames).toEqual([text]);
    expect(organizationalUnits).toEqual([text]);
  });

  test.each([
    ["UTF8String with a bad byte", string(0x0c, Buffer.from("61ff", "hex"))],
    ["PrintableString with a high byte", string(0x13, Buffer.from("61f6", "hex"))],
    ["BMPString of odd length", string(0x1e, Buffer.from("006100", "hex"))],
    ["BMPString with half a pair", string(0x1e, Buffer.from("d800", "hex"))],
    ["INTEGER", string(0x02, Buffer.from("01", "hex"))],
  ])("and refused in a %s", async (_, value) => {
    const der = await derOf({ CN: value });
    expect(() => readIdentity(der)).toThrow(/^CN is not text \(byte \d+\)$/);
  });

  test("once for each time it is there, and of the subject alone", async () => {
    const two = await pki.odd("twoCommonNames");
    expect(readIdentity(new X509Certificate(two.certificatePem)).commonNames).toEqual([
      "alice",
      "bob",
    ]);
    const none = await pki.odd("noCommonName");
    expect(readIdentity(new X509Certificate(none.certificatePem)).commonNames).toEqual([]);
  });
});

test("a name's text escapes what could be taken for more of the name", async () => {
  const text = (value: string) => string(0x0c, Buffer.from(value));
  const der = await derOf({
    O: text(" #a "),
    L: string(0x02, Buffer.from("07", "hex")),
    CN: text('a,b=c+"d"\\\n\0'),
  });
  expect(readIdentity(der).subject.text).toBe(
    'O=\\ #a\\ ,L=#020107,CN=a\\,b=c\\+\\"d\\"\\\\\\0a\\00',
  );
});

describe("bytes that are no certificate are refused", () => {
  const der = alice.raw;
  const algorithm = "300a06082a8648ce3d040302";

  test.each<[string, Buffer, string]>([
    ["no byte", Buffer.alloc(0), "Truncated"],
    ["a tag alone", Buffer.from("30", "hex"), "Truncated"],
    ["a byte behind the end", Buffer.concat([der, Buffer.alloc(1)]), "TrailingBytes"],
    ["one byte missing", der.subarray(0, -1), "Truncated"],
    ["an indefinite length", Buffer.from("30800000", "hex"), "BadLength"],
    ["a length of five bytes", Buffer.from("30850000000001", "hex"), "BadLength"],
    ["a length that needs no second byte", Buffer.from("30810100", "hex"), "BadLength"],
    ["a length with a zero in front", Buffer.from("30820080", "hex"), "BadLength"],
    ["a tag number above 30", Buffer.from("1f0100", "hex"), "BadTag"],
    ["another tag than a sequence", Buffer.from("3100", "hex"), "BadTag"],
    ["an empty sequence", Buffer.from("3000", "hex"), "Truncated"],
  ])("%s", (_, bytes, code) => {
    expect(() => readIdentity(bytes)).toThrow(expect.objectContaining({ name: "DerError", code }));
  });

  test.each<[string, string, string, string]>([
    ["a month 13", "170d323630333031", "170d323631333031", "BadValue"],
    ["a thirtieth of February", "170d323630333031", "170d323630323330", "BadValue"],
    ["a time without digits", "170d323630333031", "170d323630334141", "BadValue"],
    ["a time of another type", "170d323630333031", "160d323630333031", "BadTag"],
    ["a purpose that is cut short", "06082b06010505070302", "06082b06010505070382", "BadValue"],
    ["a purpose with leading zeros", "06082b06010505070302", "06082b06010505078002", "BadValue"],
    ["a purpose of another type", "06082b06010505070302", "04082b06010505070302", "BadTag"],
    ["an extension twice", "0603551d25", "0603551d0f", "BadValue"],
  ])("%s", (_, from, to, code) => {
    expect(() => readIdentity(edit(der, from, to))).toThrow(
      expect.objectContaining({ name: "DerError", code }),
    );
  });

  test("a signature algorithm of another type", () => {
    const at = der.lastIndexOf(Buffer.from(algorithm, "hex"));
    const changed = Buffer.from(der);
    changed[at] = 0x31;
    expect(() => readIdentity(changed)).toThrow(expect.objectContaining({ code: "BadTag" }));
  });
});

test("any bytes, and any certificate with some bytes changed, give an identity or a DerError", () => {
  const outcome = (bytes: Uint8Array) => {
    try {
      return readIdentity(bytes).commonNames.length >= 0;
    } catch (error) {
      return error instanceof DerError && (error.offset ?? 0) <= bytes.length;
    }
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), outcome), { numRuns: 1000 });
  const changes = fc.array(fc.tuple(fc.nat(alice.raw.length - 1), fc.nat(255)), {
    minLength: 1,
    maxLength: 4,
  });
  const mutated = changes.map((list) => {
    const bytes = Buffer.from(alice.raw);
    for (const [at, byte] of list) bytes[at] = byte;
    return bytes;
  });
  fc.assert(fc.property(mutated, outcome), { numRuns: 5000 });
});

test("every certificate cut short is refused", () => {
  for (let length = 0; length < alice.raw.length; length++) {
    expect(() => readIdentity(alice.raw.subarray(0, length)), `${length} bytes`).toThrow(DerError);
  }
});

test("purposes are told by their object identifiers", () => {
  expect(readIdentity(alice).extendedKeyUsage).toEqual([keyPurposes.clientAuth]);
});
