import { inspect } from "node:util";
import { expect, test } from "vitest";
import {
  CryptoError,
  createKeyring,
  equalBytes,
  KeyMaterial,
  open,
  openKeyring,
} from "../../src/crypto/index.ts";
import { hex, masterKey, randomnessOf, rising, sealVector, vector } from "./fixtures.ts";

const marker = Buffer.from("7f3c9a51e2d84b06", "hex");

/** Every way in which bytes could stand in a text. */
function spellings(bytes: Uint8Array): readonly string[] {
  const buffer = Buffer.from(bytes);
  return [
    buffer.toString("hex"),
    buffer.toString("base64"),
    buffer.toString("latin1"),
    [...buffer].join(","),
    [...buffer].map((byte) => byte.toString(16).padStart(2, "0")).join(" "),
  ];
}

function shownOf(value: unknown): string {
  const options = { depth: 10, showHidden: true, maxArrayLength: null } as const;
  return [String(value), JSON.stringify({ value }), inspect({ value }, options)].join("\n");
}

test("key material prints as [key material], however it is printed", () => {
  const shown = shownOf(KeyMaterial.copyOf(marker));
  expect(shown).toBe('[key material]\n{"value":"[key material]"}\n{ value: [key material] }');
});

test("a keyring shows no byte of its keys", () => {
  const keyring = openKeyring(createKeyring(masterKey, randomnessOf("shown")), masterKey);
  const shown = shownOf(keyring);
  const keys = [keyring.index, keyring.active.seal, keyring.active.row, keyring.active.audit];
  for (const spelling of keys.flatMap((key) => spellings(key.export()))) {
    expect(shown).not.toContain(spelling);
  }
});

test("a refusal shows no byte of the key that it could not open", () => {
  const { keyring, identity } = vector;
  const changed = Buffer.from(sealVector());
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  try {
    open(changed, { keyring, identity });
    expect.unreachable("an altered blob opens");
  } catch (error) {
    expect(error).toBeInstanceOf(CryptoError);
    for (const spelling of spellings(vector.payload))
      expect(shownOf(error)).not.toContain(spelling);
  }
});

test("key material is a copy in memory of its own", () => {
  const source = Buffer.from(marker);
  const material = KeyMaterial.copyOf(source);
  source.fill(0);
  material.use((bytes) => {
    expect(bytes).toEqual(marker);
    expect(bytes.buffer.byteLength).toBe(marker.length);
  });
  expect(material.length).toBe(8);
});

test("taken bytes are overwritten where they came from", () => {
  const source = Buffer.from(marker);
  const material = KeyMaterial.take(source);
  expect(source).toEqual(Buffer.alloc(8));
  expect(material.equals(KeyMaterial.copyOf(marker))).toBe(true);
});

test("wiped key material has no bytes to use any more", () => {
  const material = KeyMaterial.copyOf(marker);
  const bytes = material.use((held) => held);
  material.wipe();
  expect(bytes).toEqual(Buffer.alloc(8));
  expect(() => material.use(() => 0)).toThrow("key material is used after it was wiped");
});

test.each([
  ["7f3c9a51e2d84b06", true],
  ["7f3c9a51e2d84b07", false],
  ["7f3c9a51e2d84b", false],
  ["", false],
])("comparing with %s gives %s", (digits, same) => {
  expect(equalBytes(marker, hex(digits))).toBe(same);
  expect(KeyMaterial.copyOf(marker).equals(KeyMaterial.copyOf(hex(digits)))).toBe(same);
});

test("empty key material is key material", () => {
  expect(KeyMaterial.copyOf(rising(0, 0)).length).toBe(0);
});
