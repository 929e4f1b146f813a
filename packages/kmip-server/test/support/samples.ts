import type { AttributeMember, AttributeValue } from "@akm/kmip-model";

/** Two values of an attribute, both of them right for a new AES key of 128 bits. */
export interface Sample<T> {
  readonly value: T;
  /** What Modify Attribute makes of it. */
  readonly other: T;
}

/** The first second of the test's house, from which the dates are counted. */
export const begun = 1_767_225_600n;

const name = (nameValue: string) => ({ nameValue, nameType: "UninterpretedTextString" as const });
const bytes = (...all: readonly number[]) => Uint8Array.from(all);
const date = (seconds: bigint) => ({ value: begun + seconds, other: begun + seconds + 1n });
const link = (linkedObjectIdentifier: string) => ({
  linkType: "DerivedKeyLink" as const,
  linkedObjectIdentifier,
});
const distinguished = { issuerDistinguishedName: bytes(1), certificateSerialNumber: bytes(2) };
const digest = { hashingAlgorithm: "SHA_256" as const, digestValue: bytes(1) };
const same = <T>(value: T): Sample<T> => ({ value, other: value });

/** A sample of every attribute that is declared: one that has none does not compile. */
export const samples: { readonly [M in AttributeMember]: Sample<AttributeValue<M>> } = {
  uniqueIdentifier: same("mine"),
  name: { value: name("first"), other: name("second") },
  objectType: same("SymmetricKey"),
  cryptographicAlgorithm: same("AES"),
  cryptographicLength: same(128),
  cryptographicParameters: { value: { blockCipherMode: "CBC" }, other: { blockCipherMode: "GCM" } },
  cryptographicDomainParameters: same({ qlength: 256 }),
  certificateType: same("X_509"),
  certificateLength: same(1000),
  x_509CertificateIdentifier: same(distinguished),
  x_509CertificateSubject: same({ subjectDistinguishedName: bytes(1), subjectAlternativeName: [] }),
  x_509CertificateIssuer: same({ issuerDistinguishedName: bytes(1), issuerAlternativeName: [] }),
  certificateIdentifier: same({ issuer: "somebody", serialNumber: "1" }),
  certificateSubject: same({
    certificateSubjectDistinguishedName: "somebody",
    certificateSubjectAlternativeName: [],
  }),
  certificateIssuer: same({
    certificateIssuerDistinguishedName: "somebody",
    certificateIssuerAlternativeName: [],
  }),
  digitalSignatureAlgorithm: same("ECDSAWithSHA256"),
  digest: same(digest),
  operationPolicyName: same("default"),
  cryptographicUsageMask: same(["Encrypt"]),
  leaseTime: same(60),
  usageLimits: same({ usageLimitsTotal: 1n, usageLimitsUnit: "Byte" }),
  state: same("Active"),
  initialDate: date(0n),
  activationDate: date(100n),
  processStartDate: date(200n),
  protectStopDate: date(300n),
  deactivationDate: date(400n),
  destroyDate: date(500n),
  compromiseOccurrenceDate: date(0n),
  compromiseDate: date(0n),
  revocationReason: same({ revocationReasonCode: "Superseded" }),
  archiveDate: date(0n),
  objectGroup: { value: "red", other: "blue" },
  fresh: same(true),
  link: { value: link("one"), other: link("two") },
  applicationSpecificInformation: {
    value: { applicationNamespace: "tape", applicationData: "1" },
    other: { applicationNamespace: "tape", applicationData: "2" },
  },
  contactInformation: { value: "me", other: "you" },
  lastChangeDate: date(0n),
  sqlServerThumbprint: { value: bytes(1), other: bytes(2) },
  keyName: same("mine"),
  instance: same("mine"),
  current: same(true),
  destroyPermitted: { value: false, other: true },
  mirrored: { value: true, other: false },
  autoReKeyIntervalInDays: { value: 30, other: 60 },
  reKeyPermitted: { value: false, other: true },
  accessCheck: { value: "ListedUserOrGroup", other: "ListedGroups" },
  metadata: { value: { field1: "one" }, other: { field2: "two" } },
};
