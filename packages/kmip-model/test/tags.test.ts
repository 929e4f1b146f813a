import { firstExtensionTag, isSecretTag, metadataTags, nameOfTag, tags } from "@akm/kmip-model";
import { expect, test } from "vitest";

test("what may hold key bytes, a password or metadata is secret", () => {
  const secret = Object.values(tags).filter(isSecretTag).map(nameOfTag);
  expect(secret).toEqual([
    "CredentialValue",
    "CRTCoefficient",
    "D",
    "DerivationData",
    "Key",
    "KeyMaterial",
    "KeyValue",
    "OpaqueDataValue",
    "P",
    "PrimeExponentP",
    "PrimeExponentQ",
    "PrivateExponent",
    "Q",
    "X",
    "Password",
  ]);
  expect([...metadataTags.values()].every(isSecretTag)).toBe(true);
  expect(isSecretTag(firstExtensionTag)).toBe(true);
});

test("y-Metadata has sixteen fields, from 540001 to 540010", () => {
  expect([...metadataTags]).toHaveLength(16);
  expect(metadataTags.get("field1")).toBe(0x54_0001);
  expect(metadataTags.get("field16")).toBe(0x54_0010);
});
