import type { ObjectType } from "../objects.ts";
import type { OperationName } from "../operation.ts";

// The families of objects and operations by which KMIP 1.1 §3 says to what an attribute applies and who sets it.

/** All Objects. */
export const allObjects: readonly ObjectType[] = [
  "Certificate",
  "SymmetricKey",
  "PublicKey",
  "PrivateKey",
  "SplitKey",
  "Template",
  "SecretData",
  "OpaqueObject",
];

/** All Cryptographic Objects: all but Template and Opaque Object. KMIP 1.1 §2.2. */
export const cryptographicObjects: readonly ObjectType[] = allObjects.filter(
  (type) => type !== "Template" && type !== "OpaqueObject",
);

/** Keys of every kind. */
export const keys: readonly ObjectType[] = ["SymmetricKey", "PublicKey", "PrivateKey", "SplitKey"];

/** Keys, Certificates, Templates. */
export const keysCertificatesTemplates: readonly ObjectType[] = [
  "Certificate",
  ...keys,
  "Template",
];

/** The operations that make objects, those that this server does not offer included. */
export const creating: readonly OperationName[] = [
  "Create",
  "CreateKeyPair",
  "Register",
  "DeriveKey",
  "Certify",
  "ReCertify",
  "ReKey",
  "ReKeyKeyPair",
];
