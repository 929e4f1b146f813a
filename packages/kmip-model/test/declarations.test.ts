import {
  declaredVersions,
  editionOf,
  enumerations,
  generalReasons,
  keyWrappingSpecification,
  nameOfTag,
  objectFields,
  objectMember,
  operations,
  tags,
  v1_0,
  v1_1,
} from "@akm/kmip-model";
import { decode, encode } from "@akm/ttlv";
import { expect, test } from "vitest";

test("the versions are listed newest first", () => {
  expect(declaredVersions.map(editionOf)).toEqual([v1_1, v1_0]);
});

test("a later version is read by the declarations of 1.1", () => {
  expect(editionOf({ protocolVersionMajor: 1, protocolVersionMinor: 4 })).toBe(v1_1);
});

test("each Object Type has the field that carries it, under the tag of its name", () => {
  for (const type of enumerations.objectType.rows.keys()) {
    expect(nameOfTag(objectFields[objectMember[type]].tag)).toBe(type);
  }
});

test("no operation repeats a reason that every operation may give", () => {
  const general: readonly string[] = generalReasons;
  for (const { name, fails } of Object.values(operations)) {
    expect(
      fails.filter((reason) => general.includes(reason)),
      name,
    ).toEqual([]);
  }
});

test("the sixteen operations of the guide have payloads, the fourteen others only a name", () => {
  const refused = Object.values(operations).filter(({ payloads }) => !payloads);
  expect(refused.map(({ name }) => name).sort()).toEqual([
    "Archive",
    "Cancel",
    "Certify",
    "CreateKeyPair",
    "DeriveKey",
    "GetUsageAllocation",
    "Notify",
    "ObtainLease",
    "Poll",
    "Put",
    "ReCertify",
    "ReKeyKeyPair",
    "Recover",
    "Validate",
  ]);
});

test("a wrapping that nobody knows can be read, so that it is refused as a wrapping", () => {
  const unknown = 0x8000_0001;
  const wrapping = {
    wrappingMethod: unknown,
    encryptionKeyInformation: {
      uniqueIdentifier: "kek",
      cryptographicParameters: { blockCipherMode: unknown },
    },
    attributeName: [],
    encodingOption: unknown,
  };
  const bytes = encode(tags.KeyWrappingSpecification, keyWrappingSpecification, wrapping);
  expect(decode(tags.KeyWrappingSpecification, keyWrappingSpecification, bytes)).toEqual(wrapping);
});
