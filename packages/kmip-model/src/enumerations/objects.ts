import { enumeration } from "@akm/ttlv";
import { v1_1 } from "../version.ts";

// Enumerations of managed objects and what belongs to them.

/** Object Type. KMIP 1.1 §9.1.3.2.12. */
export const objectType = enumeration("ObjectType", {
  Certificate: 1,
  SymmetricKey: 2,
  PublicKey: 3,
  PrivateKey: 4,
  SplitKey: 5,
  Template: 6,
  SecretData: 7,
  OpaqueObject: 8,
});

/** Name Type. KMIP 1.1 §9.1.3.2.11. */
export const nameType = enumeration("NameType", {
  UninterpretedTextString: 1,
  URI: 2,
});

/** Link Type. KMIP 1.1 §9.1.3.2.20. */
export const linkType = enumeration("LinkType", {
  CertificateLink: 0x101,
  PublicKeyLink: 0x102,
  PrivateKeyLink: 0x103,
  DerivationBaseObjectLink: 0x104,
  DerivedKeyLink: 0x105,
  ReplacementObjectLink: 0x106,
  ReplacedObjectLink: 0x107,
});

/** Certificate Type. KMIP 1.1 §9.1.3.2.6. */
export const certificateType = enumeration("CertificateType", {
  X_509: 1,
  PGP: 2,
});

/** Certificate Request Type. KMIP 1.1 §9.1.3.2.22. */
export const certificateRequestType = enumeration("CertificateRequestType", {
  CRMF: 1,
  PKCS_10: 2,
  PEM: 3,
  PGP: 4,
});

/** Secret Data Type. KMIP 1.1 §9.1.3.2.9. */
export const secretDataType = enumeration("SecretDataType", {
  Password: 1,
  Seed: 2,
});

/** Opaque Data Type: no standard value, only those of vendors (8XXXXXXX). KMIP 1.1 §9.1.3.2.10. */
export const opaqueDataType = enumeration("OpaqueDataType", {});

/** Split Key Method. KMIP 1.1 §9.1.3.2.8. */
export const splitKeyMethod = enumeration("SplitKeyMethod", {
  XOR: 1,
  PolynomialSharingGF2_16: 2,
  PolynomialSharingPrimeField: 3,
});

/** Object Group Member. KMIP 1.1 §9.1.3.2.33. */
export const objectGroupMember = enumeration("ObjectGroupMember", {
  GroupMemberFresh: { code: 1, since: v1_1 },
  GroupMemberDefault: { code: 2, since: v1_1 },
});
