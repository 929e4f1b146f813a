import { boolean, dateTime, integer, interval } from "@akm/ttlv";
import { attributeNotOffered } from "../attribute.ts";
import { certificateType, digitalSignatureAlgorithm } from "../enumerations/index.ts";
import type { ObjectType } from "../objects.ts";
import * as structures from "../structures/index.ts";
import { v1_1 } from "../version.ts";
import { allObjects, cryptographicObjects, keys } from "./families.ts";

// Attributes of KMIP that this server does not have: the nine that the guide names, and those that are new in 1.1.

const certificates: readonly ObjectType[] = ["Certificate"];

/** KMIP 1.1 §3.7. */
export const cryptographicDomainParameters = attributeNotOffered({
  name: "Cryptographic Domain Parameters",
  type: structures.cryptographicDomainParameters,
  objectTypes: ["PublicKey", "PrivateKey", "Template"],
  spec: "KMIP 1.1 §3.7",
  summary: "The domain of an asymmetric key.",
});

/** KMIP 1.1 §3.8. */
export const certificateTypeAttribute = attributeNotOffered({
  name: "Certificate Type",
  type: certificateType,
  objectTypes: certificates,
  spec: "KMIP 1.1 §3.8",
  summary: "X.509 or PGP.",
});

/** KMIP 1.1 §3.9. */
export const certificateLength = attributeNotOffered({
  name: "Certificate Length",
  type: integer,
  objectTypes: certificates,
  since: v1_1,
  spec: "KMIP 1.1 §3.9",
  summary: "The length of the certificate in bytes.",
});

/** KMIP 1.1 §3.10. */
export const x_509CertificateIdentifier = attributeNotOffered({
  name: "X.509 Certificate Identifier",
  type: structures.x_509CertificateIdentifier,
  objectTypes: certificates,
  since: v1_1,
  spec: "KMIP 1.1 §3.10",
  summary: "Issuer and serial number of an X.509 certificate.",
});

/** KMIP 1.1 §3.11. */
export const x_509CertificateSubject = attributeNotOffered({
  name: "X.509 Certificate Subject",
  type: structures.x_509CertificateSubject,
  objectTypes: certificates,
  since: v1_1,
  spec: "KMIP 1.1 §3.11",
  summary: "Subject of an X.509 certificate.",
});

/** KMIP 1.1 §3.12. */
export const x_509CertificateIssuer = attributeNotOffered({
  name: "X.509 Certificate Issuer",
  type: structures.x_509CertificateIssuer,
  objectTypes: certificates,
  since: v1_1,
  spec: "KMIP 1.1 §3.12",
  summary: "Issuer of an X.509 certificate.",
});

/** KMIP 1.1 §3.13. */
export const certificateIdentifier = attributeNotOffered({
  name: "Certificate Identifier",
  type: structures.certificateIdentifier,
  objectTypes: certificates,
  spec: "KMIP 1.1 §3.13",
  summary: "Issuer and serial number of a certificate; deprecated in 1.1.",
});

/** KMIP 1.1 §3.14. */
export const certificateSubject = attributeNotOffered({
  name: "Certificate Subject",
  type: structures.certificateSubject,
  objectTypes: certificates,
  spec: "KMIP 1.1 §3.14",
  summary: "Subject of a certificate; deprecated in 1.1.",
});

/** KMIP 1.1 §3.15. */
export const certificateIssuer = attributeNotOffered({
  name: "Certificate Issuer",
  type: structures.certificateIssuer,
  objectTypes: certificates,
  spec: "KMIP 1.1 §3.15",
  summary: "Issuer of a certificate; deprecated in 1.1.",
});

/** KMIP 1.1 §3.16. */
export const digitalSignatureAlgorithmAttribute = attributeNotOffered({
  name: "Digital Signature Algorithm",
  type: digitalSignatureAlgorithm,
  objectTypes: certificates,
  many: true,
  since: v1_1,
  spec: "KMIP 1.1 §3.16",
  summary: "The algorithm that a certificate is signed with.",
});

/** KMIP 1.1 §3.20. */
export const leaseTime = attributeNotOffered({
  name: "Lease Time",
  type: interval,
  objectTypes: cryptographicObjects,
  spec: "KMIP 1.1 §3.20",
  summary: "The longest lease in seconds.",
});

/** KMIP 1.1 §3.21. */
export const usageLimitsAttribute = attributeNotOffered({
  name: "Usage Limits",
  type: structures.usageLimits,
  objectTypes: [...keys, "Template"],
  spec: "KMIP 1.1 §3.21",
  summary: "How much the key may protect.",
});

/** KMIP 1.1 §3.28. */
export const destroyDate = attributeNotOffered({
  name: "Destroy Date",
  type: dateTime,
  objectTypes: [...cryptographicObjects, "OpaqueObject"],
  spec: "KMIP 1.1 §3.28",
  summary: "When the object was destroyed.",
});

/** KMIP 1.1 §3.32. */
export const archiveDate = attributeNotOffered({
  name: "Archive Date",
  type: dateTime,
  objectTypes: allObjects,
  spec: "KMIP 1.1 §3.32",
  summary: "When the object was archived.",
});

/** KMIP 1.1 §3.34. */
export const fresh = attributeNotOffered({
  name: "Fresh",
  type: boolean,
  objectTypes: cryptographicObjects,
  since: v1_1,
  spec: "KMIP 1.1 §3.34",
  summary: "Whether the object was never yet served to a client.",
});
