import { createCipheriv } from "node:crypto";
import type { StoredRecord } from "@akm/store";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  CryptoError,
  createKeyring,
  deriveEpochKeys,
  KeyMaterial,
  lengthPrefixed,
  openKeyring,
  systemRandomness,
  uint32,
  writeKeyring,
} from "../../src/crypto/index.ts";
import { hex, keyringOf, masterKey, randomnessOf, rising, vector } from "./fixtures.ts";

const records = createKeyring(masterKey, randomnessOf("a new installation"));
const keyring = openKeyring(records, masterKey);

function refusal(given: readonly StoredRecord[], master = masterKey): string {
  try {
    openKeyring(given, master);
  } catch (error) {
    if (error instanceof CryptoError) return error.code;
    throw error;
  }
  return "opened";
}

function withBody(id: string, change: (body: Uint8Array) => Uint8Array): readonly StoredRecord[] {
  return records.map((record) =>
    record.id === id ? { ...record, body: change(record.body) } : record,
  );
}

test("epoch keys are the design's", () => {
  const { seal, row } = vector.keyring.active;
  expect(seal.export().toString("hex")).toBe(
    "16d9d6b07c5aa917068ec92ff3a2364f220fe3e1dfeb637888c0248b6a51fc14",
  );
  expect(row.export().toString("hex")).toBe(
    "8f5fff79f2d368e840f722f6db30bf9fa020df975ba4e72f5087d49aab067b8e",
  );
});

test("the keys of an epoch differ by purpose, epoch key and installation", () => {
  const derive = (first: number, installId: Uint8Array) =>
    deriveEpochKeys(KeyMaterial.copyOf(rising(first, 32)), { installId, epoch: 1 });
  const all = [derive(0, rising(0, 16)), derive(1, rising(0, 16)), derive(0, rising(1, 16))];
  const texts = all.flatMap(({ seal, row, audit }) =>
    [seal, row, audit].map((each) => each.export().toString("hex")),
  );
  expect(new Set(texts).size).toBe(9);
});

test("a new installation has three records, and epoch 1 is active", () => {
  expect(records.map(({ kind, id, version }) => `${kind} ${id} ${version}`)).toEqual([
    "keyring install 1",
    "keyring index 1",
    "keyring epoch/1 1",
  ]);
  expect(keyring.active.epoch).toBe(1);
  expect([...keyring.epochs.keys()]).toEqual([1]);
  expect(keyring.installId.length).toBe(16);
});

test("a keyring opens the same every time, in whatever order its records come", () => {
  const again = openKeyring(records.toReversed(), masterKey);
  expect(again.active.seal.equals(keyring.active.seal)).toBe(true);
  expect(again.index.equals(keyring.index)).toBe(true);
});

test("two installations have nothing in common", () => {
  const other = openKeyring(createKeyring(masterKey, systemRandomness), masterKey);
  expect(other.installId).not.toEqual(keyring.installId);
  expect(other.active.seal.equals(keyring.active.seal)).toBe(false);
  expect(other.index.equals(keyring.index)).toBe(false);
});

test("several epochs open, and the one that is named is active", () => {
  const both = keyringOf(
    new Map([
      [1, rising(0, 32)],
      [2, rising(1, 32)],
    ]),
  );
  expect([...both.epochs.keys()]).toEqual([1, 2]);
  expect(both.active).toBe(both.epochs.get(2));
});

test("keys are wiped once they are wrapped", () => {
  const epochKey = KeyMaterial.copyOf(rising(0, 32));
  const indexKey = KeyMaterial.copyOf(rising(1, 32));
  const secrets = {
    installId: rising(0, 16),
    active: 1,
    epochKeys: new Map([[1, epochKey]]),
    indexKey,
  };
  writeKeyring(secrets, { masterKey, randomness: systemRandomness });
  expect(() => epochKey.use(() => 0)).toThrow("wiped");
  expect(() => indexKey.use(() => 0)).toThrow("wiped");
});

describe("a keyring is refused", () => {
  test("with another master key, and both check values are told", () => {
    const other = KeyMaterial.copyOf(rising(0x41, 32));
    expect(refusal(records, other)).toBe("WrongMasterKey");
    expect(() => openKeyring(records, other)).toThrow(
      /not the master key that the keyring was made with: its check value is [0-9a-f]{16}, not [0-9a-f]{16}$/,
    );
  });

  test.each(["install", "index"])("without its record %s", (id) => {
    expect(refusal(records.filter((record) => record.id !== id))).toBe("BadRecord");
  });

  test("without the key of the active epoch", () => {
    expect(refusal(records.filter(({ id }) => id !== "epoch/1"))).toBe("UnknownEpoch");
  });

  test("where a record stands under another one's name", () => {
    const renamed = records.map((record) => ({ ...record, id: record.id.replace("/1", "/2") }));
    expect(refusal(renamed)).toBe("BadRecord");
  });

  test("where a record's version or kind is another: its MAC covers them", () => {
    expect(refusal(records.map((record) => ({ ...record, version: 2 })))).toBe("NotAuthentic");
    expect(refusal(records.map((record) => ({ ...record, kind: "setting" })))).toBe("NotAuthentic");
  });

  test("where a key's check value is another one's", () => {
    const changed = withBody("epoch/1", (body) => {
      const copy = Buffer.from(body);
      const at = 4 + "akm/keyring/v1".length + 4 + 4 + 4;
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy;
    });
    expect(() => openKeyring(changed, masterKey)).toThrow(
      "keyring record epoch/1 has another key's check value",
    );
  });

  test("where the context inside a wrapped key is another, though the wrapping is sound", () => {
    const associated = lengthPrefixed("akm/kek/v1", keyring.installId, "epoch", uint32(1));
    const cipher = masterKey.use((key) => createCipheriv("aes-256-gcm", key, rising(0, 12)));
    cipher.setAAD(associated);
    const text = Buffer.concat([cipher.update(rising(0, 64)), cipher.final()]);
    const wrapped = Buffer.concat([rising(0, 12), text, cipher.getAuthTag()]);
    const parts = [uint32(1), rising(0, 8), wrapped];
    const changed = withBody("epoch/1", () => lengthPrefixed("akm/keyring/v1", ...parts));
    expect(() => openKeyring(changed, masterKey)).toThrow("a wrapped key is of another context");
  });

  test("where an epoch's wrapped key stands in for another epoch's", () => {
    const both = writeKeyring(
      {
        installId: rising(0, 16),
        active: 1,
        epochKeys: new Map([1, 2].map((n) => [n, KeyMaterial.copyOf(rising(n, 32))])),
        indexKey: KeyMaterial.copyOf(rising(9, 32)),
      },
      { masterKey, randomness: systemRandomness },
    );
    const second = both.find(({ id }) => id === "epoch/2")?.body ?? hex("");
    const swapped = both.map((record) =>
      record.id === "epoch/1"
        ? { ...record, body: Buffer.concat([record.body.subarray(0, 26), second.subarray(26)]) }
        : record,
    );
    expect(refusal(swapped)).toBe("NotAuthentic");
  });

  test.each([
    ["no bytes", hex("")],
    ["half a length", hex("0000")],
    ["a length past the end", hex("0000000541")],
    ["another label", lengthPrefixed("akm/keyring/v2", rising(0, 4), rising(0, 8), rising(0, 92))],
    [
      "a part too many",
      lengthPrefixed("akm/keyring/v1", rising(0, 4), rising(0, 8), rising(0, 92), ""),
    ],
    ["a wrapped key too short", lengthPrefixed("akm/keyring/v1", rising(0, 4), rising(0, 8), "")],
  ])("where a record's body has %s", (_, body) => {
    expect(refusal(withBody("epoch/1", () => body))).toBe("BadRecord");
  });

  test("where any one bit of any record's body or MAC is another", () => {
    const place = fc.tuple(fc.nat(records.length - 1), fc.constantFrom("body", "mac"), fc.nat());
    fc.assert(
      fc.property(place, ([index, column, position]) => {
        const changed = records.map((record, at) => {
          if (at !== index) return record;
          const bytes = Buffer.from(column === "body" ? record.body : record.mac);
          const bit = position % (bytes.length * 8);
          bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
          return { ...record, [column]: bytes };
        });
        expect(refusal(changed)).not.toBe("opened");
      }),
      { numRuns: 500 },
    );
  });
});
