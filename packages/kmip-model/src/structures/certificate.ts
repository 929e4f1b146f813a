import {
  byteString,
  integer,
  optional,
  repeated,
  required,
  structure,
  textString,
} from "@akm/ttlv";
import { recommendedCurve } from "../enumerations/index.ts";
import { tags } from "../tags.ts";

/** Cryptographic Domain Parameters of an asymmetric key. KMIP 1.1 §3.7. */
export const cryptographicDomainParameters = structure({
  qlength: optional(tags.Qlength, integer),
  recommendedCurve: optional(tags.RecommendedCurve, recommendedCurve),
});

/** X.509 Certificate Identifier, new in 1.1. KMIP 1.1 §3.10. */
export const x_509CertificateIdentifier = structure({
  issuerDistinguishedName: required(tags.IssuerDistinguishedName, byteString),
  certificateSerialNumber: required(tags.CertificateSerialNumber, byteString),
});

/** X.509 Certificate Subject, new in 1.1. KMIP 1.1 §3.11. */
export const x_509CertificateSubject = structure({
  subjectDistinguishedName: required(tags.SubjectDistinguishedName, byteString),
  subjectAlternativeName: repeated(tags.SubjectAlternativeName, byteString),
});

/** X.509 Certificate Issuer, new in 1.1. KMIP 1.1 §3.12. */
export const x_509CertificateIssuer = structure({
  issuerDistinguishedName: required(tags.IssuerDistinguishedName, byteString),
  issuerAlternativeName: repeated(tags.IssuerAlternativeName, byteString),
});

/** Certificate Identifier, deprecated in 1.1. KMIP 1.1 §3.13. */
export const certificateIdentifier = structure({
  issuer: required(tags.Issuer, textString),
  serialNumber: optional(tags.SerialNumber, textString),
});

/** Certificate Subject, deprecated in 1.1. KMIP 1.1 §3.14. */
export const certificateSubject = structure({
  certificateSubjectDistinguishedName: required(
    tags.CertificateSubjectDistinguishedName,
    textString,
  ),
  certificateSubjectAlternativeName: repeated(tags.CertificateSubjectAlternativeName, textString),
});

/** Certificate Issuer, deprecated in 1.1. KMIP 1.1 §3.15. */
export const certificateIssuer = structure({
  certificateIssuerDistinguishedName: required(tags.CertificateIssuerDistinguishedName, textString),
  certificateIssuerAlternativeName: repeated(tags.CertificateIssuerAlternativeName, textString),
});
