import {
  bigInteger,
  byteString,
  integer,
  optional,
  repeated,
  required,
  structure,
  type ValueOf,
} from "@akm/ttlv";
import {
  certificateType,
  type objectType,
  opaqueDataType,
  secretDataType,
  splitKeyMethod,
} from "./enumerations/index.ts";
import { attributeStructure, keyBlock } from "./structures/index.ts";
import { tags } from "./tags.ts";

/** The name of an Object Type. KMIP 1.1 §9.1.3.2.12. */
export type ObjectType = ValueOf<typeof objectType>;

const keyObject = structure({ keyBlock: required(tags.KeyBlock, keyBlock) });

/** A symmetric key. KMIP 1.1 §2.2.2. */
export const symmetricKey = keyObject;

/** Attributes for objects to be made. KMIP 1.1 §2.2.6. */
export const template = structure({
  attribute: repeated(tags.Attribute, attributeStructure, { atLeast: 1 }),
});

/** A certificate. KMIP 1.1 §2.2.1. */
export const certificate = structure({
  certificateType: required(tags.CertificateType, certificateType),
  certificateValue: required(tags.CertificateValue, byteString),
});

/** A part of a key. KMIP 1.1 §2.2.5. */
export const splitKey = structure({
  splitKeyParts: required(tags.SplitKeyParts, integer),
  keyPartIdentifier: required(tags.KeyPartIdentifier, integer),
  splitKeyThreshold: required(tags.SplitKeyThreshold, integer),
  splitKeyMethod: required(tags.SplitKeyMethod, splitKeyMethod),
  primeFieldSize: optional(tags.PrimeFieldSize, bigInteger),
  keyBlock: required(tags.KeyBlock, keyBlock),
});

/** A shared secret that is no key. KMIP 1.1 §2.2.7. */
export const secretData = structure({
  secretDataType: required(tags.SecretDataType, secretDataType),
  keyBlock: required(tags.KeyBlock, keyBlock),
});

/** Bytes that the server need not understand. KMIP 1.1 §2.2.8. */
export const opaqueObject = structure({
  opaqueDataType: required(tags.OpaqueDataType, opaqueDataType.open),
  opaqueDataValue: required(tags.OpaqueDataValue, byteString),
});

/**
 * The fields by which a payload carries a managed object, one for each Object Type; a payload holds the one that its
 * Object Type names. KMIP 1.1 §2.2.
 */
export const objectFields = {
  certificate: optional(tags.Certificate, certificate),
  symmetricKey: optional(tags.SymmetricKey, symmetricKey),
  publicKey: optional(tags.PublicKey, keyObject),
  privateKey: optional(tags.PrivateKey, keyObject),
  splitKey: optional(tags.SplitKey, splitKey),
  template: optional(tags.Template, template),
  secretData: optional(tags.SecretData, secretData),
  opaqueObject: optional(tags.OpaqueObject, opaqueObject),
};

/** The member of a payload that carries an object of this type. */
export const objectMember = {
  Certificate: "certificate",
  SymmetricKey: "symmetricKey",
  PublicKey: "publicKey",
  PrivateKey: "privateKey",
  SplitKey: "splitKey",
  Template: "template",
  SecretData: "secretData",
  OpaqueObject: "opaqueObject",
} as const satisfies Record<ObjectType, keyof typeof objectFields>;
