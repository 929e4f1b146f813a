import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  CryptoError,
  KeyMaterial,
  open,
  type SealIdentity,
  seal,
  systemRandomness,
} from "../../src/crypto/index.ts";
import { hex, keyringOf, rising, sealVector, vector } from "./fixtures.ts";

const { keyring, identity } = vector;
const blob = sealVector();

function opened(bytes: Uint8Array, of: SealIdentity = identity): Buffer {
  return open(bytes, { keyring, identity: of }).use((plain) => Buffer.from(plain));
}

function refusal(bytes: Uint8Array, of: SealIdentity = identity): string {
  try {
    open(bytes, { keyring, identity: of });
  } catch (error) {
    if (error instanceof CryptoError) return error.code;
    throw error;
  }
  return "opened";
}

test("a sealed key has the bytes of the design's vector", () => {
  expect(Buffer.from(blob).toString("hex")).toBe(
    [
      `414b5331 01 00 00000007 ${"a5".repeat(32)} ${"5a".repeat(12)}`,
      "063c10a1f51efb477fdc37fc26d0b099b9f521028115eaa5523e95f51a2fa54f",
      "8a8e444fcafa86f87262085e8d2ee400bf1e3fbf288d0361d75fa64708592dbc",
    ]
      .join("")
      .replaceAll(" ", ""),
  );
});

test("a sealed key opens to what was sealed", () => {
  expect(opened(blob)).toEqual(rising(0, 16));
});

test("keys of any length seal and open, for any object", () => {
  const number = fc.integer({ min: 0, max: 0xffff_ffff });
  const anyIdentity = fc.record({
    id: fc.string({ unit: "grapheme" }),
    objectType: number,
    keyFormat: number,
    algorithm: number,
    length: number,
    payloadVersion: number,
  });
  fc.assert(
    fc.property(anyIdentity, fc.uint8Array({ maxLength: 2000 }), (of, payload) => {
      const request = { keys: keyring.active, identity: of, randomness: systemRandomness };
      expect(opened(seal(KeyMaterial.copyOf(payload), request), of)).toEqual(Buffer.from(payload));
    }),
  );
});

test.each([
  ["salt", 10, 42],
  ["nonce", 42, 54],
  ["commitment", 54, 86],
  ["ciphertext", 86, 102],
])("two seals of one key differ in their %s", (_, from, to) => {
  const request = { keys: keyring.active, identity, randomness: systemRandomness };
  const [one, other] = [1, 2].map(() => seal(KeyMaterial.copyOf(rising(0, 16)), request));
  expect(one?.subarray(from, to)).not.toEqual(other?.subarray(from, to));
});

describe("a sealed key is refused", () => {
  test("where any one bit of it is another", () => {
    for (let bit = 0; bit < blob.length * 8; bit++) {
      const changed = Buffer.from(blob);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(refusal(changed), `bit ${bit}`).not.toBe("opened");
    }
  });

  test.each([
    [{ id: "iiX1WZ/GQs9I7nUs0VDbjwAB" }],
    [{ objectType: 3 }],
    [{ keyFormat: 2 }],
    [{ algorithm: 2 }],
    [{ length: 256 }],
    [{ payloadVersion: 2 }],
  ])("for the same object with %j", (change) => {
    expect(refusal(blob, { ...identity, ...change })).toBe("NotAuthentic");
  });

  test("where its tag is cut to four bytes", () => {
    expect(refusal(blob.subarray(0, -12))).toBe("NotAuthentic");
  });

  test("at any length but its own", () => {
    for (let length = 0; length < blob.length; length++) {
      expect(refusal(blob.subarray(0, length)), `${length} bytes`).not.toBe("opened");
    }
    expect(refusal(Buffer.concat([blob, Buffer.alloc(1)]))).toBe("NotAuthentic");
  });

  test("where only the ciphertext behind a good commitment is another", () => {
    const changed = Buffer.from(blob);
    changed[86] = (changed[86] ?? 0) ^ 1;
    expect(() => open(changed, { keyring, identity })).toThrow("altered or belongs elsewhere");
  });

  test.each([
    ["another magic", 0, "BadBlob"],
    ["another suite", 4, "BadBlob"],
    ["flags", 5, "BadBlob"],
    ["an epoch without a key", 9, "UnknownEpoch"],
    ["another salt", 10, "NotAuthentic"],
    ["another commitment", 54, "NotAuthentic"],
  ])("with %s", (_, offset, code) => {
    const changed = Buffer.from(blob);
    changed[offset] = 0xfe;
    expect(refusal(changed)).toBe(code);
  });

  test("where it was sealed in another installation's epoch of that number", () => {
    const other = keyringOf(new Map([[7, rising(1, 32)]]));
    expect(() => open(blob, { keyring: other, identity })).toThrow(CryptoError);
  });

  test("as arbitrary bytes, with a typed error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, headed) => {
        const bad = headed ? Buffer.concat([blob.subarray(0, 10), bytes]) : bytes;
        expect(refusal(bad)).toMatch(/^(BadBlob|UnknownEpoch|NotAuthentic)$/);
      }),
    );
  });
});

test("a blob seals for the active epoch and opens for every epoch of the keyring", () => {
  const both = keyringOf(
    new Map([
      [7, rising(0, 32)],
      [8, rising(1, 32)],
    ]),
  );
  const request = { keys: both.active, identity, randomness: vector.randomness };
  const newer = seal(KeyMaterial.copyOf(hex("00ff")), request);
  expect(newer.subarray(6, 10)).toEqual(hex("00000008"));
  expect(open(newer, { keyring: both, identity }).length).toBe(2);
  expect(open(blob, { keyring: both, identity }).length).toBe(16);
});
