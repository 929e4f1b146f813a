import type { StoredKey, StoredObject, StoredRecord } from "@akm/store";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  CryptoError,
  checkRow,
  digest,
  macColumns,
  type Rows,
  stampRow,
} from "../../src/crypto/index.ts";
import { hex, keyringOf, rising, sealVector, vector } from "./fixtures.ts";

const { keyring } = vector;

test("the MAC of columns has the design's check value", () => {
  const mac = macColumns(
    "object",
    [
      vector.identity.id,
      3,
      42,
      hex("02"),
      1_700_000_000,
      null,
      digest(sealVector()),
      digest(hex("420008")),
    ],
    keyring.active,
  );
  expect(Buffer.from(mac).toString("hex")).toBe(
    "18951a94ad4d2524635a9199c4ee0ea65bb26d260d231aa94203b928a1ae2935",
  );
});

const unstamped = {
  object: {
    id: "object-1",
    version: 3,
    keyId: "key-1",
    body: hex("420008"),
    sealed: sealVector(),
    sealSeq: 0,
    terms: [1n, -2n],
    initialDate: 1_700_000_000n,
  },
  key: { id: "key-1", version: 2, body: hex("420008"), dueAt: 1n },
  record: { kind: "setting", id: "limits", version: 1, body: hex("420008") },
} as const;

const object: StoredObject = stampRow("object", unstamped.object, keyring);
const key: StoredKey = stampRow("key", unstamped.key, keyring);
const record: StoredRecord = stampRow("record", unstamped.record, keyring);

function refusal<Table extends keyof Rows>(table: Table, row: Rows[Table]): string {
  try {
    checkRow(table, row, keyring);
  } catch (error) {
    if (error instanceof CryptoError) return error.code;
    throw error;
  }
  return "passed";
}

test("a row that was stamped passes and names the epoch", () => {
  expect([refusal("object", object), refusal("key", key), refusal("record", record)]).toEqual([
    "passed",
    "passed",
    "passed",
  ]);
  expect([object.macEpoch, key.macEpoch, record.macEpoch]).toEqual([7, 7, 7]);
  expect(object.mac.length).toBe(32);
});

test("the columns of each table stand in their order under the MAC, the epoch last", () => {
  const body = digest(hex("420008"));
  const sealed = digest(sealVector());
  const macs = [
    macColumns("object", ["object-1", 3, "key-1", sealed, body, 0, 7], keyring.active),
    macColumns("key", ["key-1", 2, body, 7], keyring.active),
    macColumns("record", ["setting", "limits", 1, body, 7], keyring.active),
  ];
  expect([object.mac, key.mac, record.mac]).toEqual(macs);
});

test("an object without key material or family passes", () => {
  const bare = stampRow("object", { ...unstamped.object, sealed: null, keyId: null }, keyring);
  expect(refusal("object", bare)).toBe("passed");
});

describe("a row is refused", () => {
  test.each<[Partial<StoredObject>]>([
    [{ id: "object-2" }],
    [{ version: 4 }],
    [{ keyId: "key-2" }],
    [{ keyId: "" }],
    [{ keyId: null }],
    [{ body: hex("420009") }],
    [{ sealed: null }],
    [{ sealed: hex("00") }],
    [{ sealSeq: 1 }],
    [{ mac: object.mac.subarray(0, 31) }],
    [{ mac: new Uint8Array(32) }],
  ])("where an object has %o instead", (change) => {
    expect(refusal("object", { ...object, ...change })).toBe("NotAuthentic");
  });

  test.each<[Partial<StoredKey>]>([[{ id: "key-2" }], [{ version: 3 }], [{ body: hex("") }]])(
    "where a key has %o instead",
    (change) => {
      expect(refusal("key", { ...key, ...change })).toBe("NotAuthentic");
    },
  );

  test.each<[Partial<StoredRecord>]>([
    [{ kind: "keyring" }],
    [{ id: "limit" }],
    [{ version: 2 }],
    [{ body: hex("42") }],
  ])("where a record has %o instead", (change) => {
    expect(refusal("record", { ...record, ...change })).toBe("NotAuthentic");
  });

  test("where any one bit of its MAC, body or sealed key is another", () => {
    for (const column of ["mac", "body", "sealed"] as const) {
      const bytes = object[column] ?? hex("");
      const bits = fc.integer({ min: 0, max: bytes.length * 8 - 1 });
      fc.assert(
        fc.property(bits, (bit) => {
          const changed = Buffer.from(bytes);
          changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
          expect(refusal("object", { ...object, [column]: changed })).toBe("NotAuthentic");
        }),
      );
    }
  });

  test("where the keyring has no key of its epoch", () => {
    expect(refusal("object", { ...object, macEpoch: 6 })).toBe("UnknownEpoch");
  });

  test("where it claims another epoch of the keyring", () => {
    const both = keyringOf(
      new Map([
        [7, rising(0, 32)],
        [8, rising(1, 32)],
      ]),
    );
    checkRow("object", object, both);
    expect(() => checkRow("object", { ...object, macEpoch: 8 }, both)).toThrow(
      "object object-1 was altered outside the server",
    );
  });

  test("in another table", () => {
    const asKey = { ...record, dueAt: null };
    expect(refusal("key", asKey)).toBe("NotAuthentic");
  });
});

test("what only serves searching is not under the MAC", () => {
  expect(refusal("object", { ...object, initialDate: 0n })).toBe("passed");
  expect(refusal("key", { ...key, dueAt: null })).toBe("passed");
});

test.each([-1, 1.5, 2 ** 53])("a column cannot be %d", (value) => {
  expect(() => macColumns("key", [value], keyring.active)).toThrow(RangeError);
});
