import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { lengthPrefixed, systemRandomness, term } from "../../src/crypto/index.ts";
import { hex, keyringOf, rising, vector } from "./fixtures.ts";

const { index } = vector.keyring;

test("length-prefixed parts stand behind their lengths", () => {
  expect(lengthPrefixed("ab", hex(""), hex("ff"))).toEqual(hex("0000000261620000000000000001ff"));
});

test("a term is the front of a keyed hash, read as a signed number", () => {
  const fields = lengthPrefixed("akm/term/v1", "group", Buffer.from("staff"));
  const hash = createHmac("sha256", index).update(fields).digest();
  expect(term(index, "group", Buffer.from("staff"))).toBe(hash.readBigInt64BE());
});

test("terms are negative as often as not", () => {
  const terms = Array.from({ length: 64 }, (_, n) => term(index, "n", rising(n, 1)));
  expect(terms.some((each) => each < 0n)).toBe(true);
  expect(terms.some((each) => each >= 0n)).toBe(true);
  expect(terms.every((each) => BigInt.asIntN(64, each) === each)).toBe(true);
});

test("label, parts and their bounds all tell", () => {
  const terms = [
    term(index, "a", hex("0102")),
    term(index, "b", hex("0102")),
    term(index, "a", hex("01"), hex("02")),
    term(index, "a", hex("0102"), hex("")),
    term(index, "a"),
  ];
  expect(new Set(terms).size).toBe(5);
});

test("terms stay the same through the epochs", () => {
  const later = keyringOf(new Map([[8, rising(8, 32)]]));
  expect(term(later.index, "a", hex("01"))).toBe(term(index, "a", hex("01")));
});

test("the system's randomness gives as many bytes as asked for, new ones each time", () => {
  const [one, other] = [systemRandomness(32), systemRandomness(32)];
  expect(one.length).toBe(32);
  expect(one.buffer.byteLength).toBe(32);
  expect(one).not.toEqual(other);
});
