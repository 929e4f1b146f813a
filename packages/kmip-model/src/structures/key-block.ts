import {
  byteString,
  integer,
  oneOf,
  optional,
  rawItem,
  repeated,
  required,
  structure,
  textString,
  type ValueOf,
} from "@akm/ttlv";
import {
  cryptographicAlgorithm,
  encodingOption,
  keyCompressionType,
  keyFormatType,
  wrappingMethod,
} from "../enumerations/index.ts";
import { tags } from "../tags.ts";
import { v1_1 } from "../version.ts";
import { attributeStructure } from "./attribute.ts";
import { openCryptographicParameters } from "./cryptographic-parameters.ts";

/** Key Value of a key that is not wrapped; its material stays undecoded: the Key Format Type tells what it is. KMIP 1.1 §2.1.4. */
export const plainKeyValue = structure({
  keyMaterial: required(tags.KeyMaterial, rawItem),
  attribute: repeated(tags.Attribute, attributeStructure),
});

/** Which key wraps, or makes the MAC. KMIP 1.1 §2.1.5. */
export const wrappingKeyInformation = structure({
  uniqueIdentifier: required(tags.UniqueIdentifier, textString),
  cryptographicParameters: optional(tags.CryptographicParameters, openCryptographicParameters),
});

/** How the key in a Key Block is wrapped. Unknown values are read as their numbers: who refuses wrapping, refuses these too. KMIP 1.1 §2.1.5. */
export const keyWrappingData = structure({
  wrappingMethod: required(tags.WrappingMethod, wrappingMethod.open),
  encryptionKeyInformation: optional(tags.EncryptionKeyInformation, wrappingKeyInformation),
  macSignatureKeyInformation: optional(tags.MACSignatureKeyInformation, wrappingKeyInformation),
  macSignature: optional(tags.MACSignature, byteString),
  ivCounterNonce: optional(tags.IVCounterNonce, byteString),
  encodingOption: optional(tags.EncodingOption, encodingOption.open, { since: v1_1 }),
});

/** How the client wants a key wrapped. Unknown values are read as their numbers, as in Key Wrapping Data. KMIP 1.1 §2.1.6. */
export const keyWrappingSpecification = structure({
  wrappingMethod: required(tags.WrappingMethod, wrappingMethod.open),
  encryptionKeyInformation: optional(tags.EncryptionKeyInformation, wrappingKeyInformation),
  macSignatureKeyInformation: optional(tags.MACSignatureKeyInformation, wrappingKeyInformation),
  attributeName: repeated(tags.AttributeName, textString),
  encodingOption: optional(tags.EncodingOption, encodingOption.open, { since: v1_1 }),
});

/** A key, its format and what it is for. Unknown formats and compressions are read as their numbers. KMIP 1.1 §2.1.3. */
export const keyBlock = structure({
  keyFormatType: required(tags.KeyFormatType, keyFormatType.open),
  keyCompressionType: optional(tags.KeyCompressionType, keyCompressionType.open),
  keyValue: required(tags.KeyValue, oneOf(byteString, plainKeyValue)),
  cryptographicAlgorithm: optional(tags.CryptographicAlgorithm, cryptographicAlgorithm),
  cryptographicLength: optional(tags.CryptographicLength, integer),
  keyWrappingData: optional(tags.KeyWrappingData, keyWrappingData),
});

/** A Key Block whose material is not decoded. Cryptographic Length is in bits. */
export type KeyBlock = ValueOf<typeof keyBlock>;
