import { enumeration } from "@akm/ttlv";
import { v1_1 } from "../version.ts";

// Enumerations of algorithms, modes and key forms.

/** Cryptographic Algorithm. KMIP 1.1 §9.1.3.2.13. */
export const cryptographicAlgorithm = enumeration("CryptographicAlgorithm", {
  DES: 1,
  DES3: 2,
  AES: 3,
  RSA: 4,
  DSA: 5,
  ECDSA: 6,
  HMACSHA1: 7,
  HMACSHA224: 8,
  HMACSHA256: 9,
  HMACSHA384: 0x0a,
  HMACSHA512: 0x0b,
  HMACMD5: 0x0c,
  DH: 0x0d,
  ECDH: 0x0e,
  ECMQV: 0x0f,
  Blowfish: 0x10,
  Camellia: 0x11,
  CAST5: 0x12,
  IDEA: 0x13,
  MARS: 0x14,
  RC2: 0x15,
  RC4: 0x16,
  RC5: 0x17,
  SKIPJACK: 0x18,
  Twofish: 0x19,
});

/** Block Cipher Mode. KMIP 1.1 §9.1.3.2.14. */
export const blockCipherMode = enumeration("BlockCipherMode", {
  CBC: 1,
  ECB: 2,
  PCBC: 3,
  CFB: 4,
  OFB: 5,
  CTR: 6,
  CMAC: 7,
  CCM: 8,
  GCM: 9,
  CBCMAC: 0x0a,
  XTS: 0x0b,
  AESKeyWrapPadding: 0x0c,
  NISTKeyWrap: 0x0d,
  X9_102AESKW: 0x0e,
  X9_102TDKW: 0x0f,
  X9_102AKW1: 0x10,
  X9_102AKW2: 0x11,
});

/** Padding Method. KMIP 1.1 §9.1.3.2.15. */
export const paddingMethod = enumeration("PaddingMethod", {
  None: 1,
  OAEP: 2,
  PKCS5: 3,
  SSL3: 4,
  Zeros: 5,
  ANSIX9_23: 6,
  ISO10126: 7,
  PKCS1V1_5: 8,
  X9_31: 9,
  PSS: 0x0a,
});

/** Hashing Algorithm. KMIP 1.1 §9.1.3.2.16. */
export const hashingAlgorithm = enumeration("HashingAlgorithm", {
  MD2: 1,
  MD4: 2,
  MD5: 3,
  SHA_1: 4,
  SHA_224: 5,
  SHA_256: 6,
  SHA_384: 7,
  SHA_512: 8,
  RIPEMD_160: 9,
  Tiger: 0x0a,
  Whirlpool: 0x0b,
});

/** Key Role Type. KMIP 1.1 §9.1.3.2.17. */
export const keyRoleType = enumeration("KeyRoleType", {
  BDK: 1,
  CVK: 2,
  DEK: 3,
  MKAC: 4,
  MKSMC: 5,
  MKSMI: 6,
  MKDAC: 7,
  MKDN: 8,
  MKCP: 9,
  MKOTH: 0x0a,
  KEK: 0x0b,
  MAC16609: 0x0c,
  MAC97971: 0x0d,
  MAC97972: 0x0e,
  MAC97973: 0x0f,
  MAC97974: 0x10,
  MAC97975: 0x11,
  ZPK: 0x12,
  PVKIBM: 0x13,
  PVKPVV: 0x14,
  PVKOTH: 0x15,
});

/** Recommended Curve. KMIP 1.1 §9.1.3.2.5. */
export const recommendedCurve = enumeration("RecommendedCurve", {
  P_192: 1,
  K_163: 2,
  B_163: 3,
  P_224: 4,
  K_233: 5,
  B_233: 6,
  P_256: 7,
  K_283: 8,
  B_283: 9,
  P_384: 0x0a,
  K_409: 0x0b,
  B_409: 0x0c,
  P_521: 0x0d,
  K_571: 0x0e,
  B_571: 0x0f,
});

/** Digital Signature Algorithm. KMIP 1.1 §9.1.3.2.7. */
export const digitalSignatureAlgorithm = enumeration("DigitalSignatureAlgorithm", {
  MD2WithRSAEncryption: { code: 1, since: v1_1 },
  MD5WithRSAEncryption: { code: 2, since: v1_1 },
  SHA_1WithRSAEncryption: { code: 3, since: v1_1 },
  SHA_224WithRSAEncryption: { code: 4, since: v1_1 },
  SHA_256WithRSAEncryption: { code: 5, since: v1_1 },
  SHA_384WithRSAEncryption: { code: 6, since: v1_1 },
  SHA_512WithRSAEncryption: { code: 7, since: v1_1 },
  RSASSAPSS: { code: 8, since: v1_1 },
  DSAWithSHA_1: { code: 9, since: v1_1 },
  DSAWithSHA224: { code: 0x0a, since: v1_1 },
  DSAWithSHA256: { code: 0x0b, since: v1_1 },
  ECDSAWithSHA_1: { code: 0x0c, since: v1_1 },
  ECDSAWithSHA224: { code: 0x0d, since: v1_1 },
  ECDSAWithSHA256: { code: 0x0e, since: v1_1 },
  ECDSAWithSHA384: { code: 0x0f, since: v1_1 },
  ECDSAWithSHA512: { code: 0x10, since: v1_1 },
});

/** Derivation Method. KMIP 1.1 §9.1.3.2.21. */
export const derivationMethod = enumeration("DerivationMethod", {
  PBKDF2: 1,
  HASH: 2,
  HMAC: 3,
  ENCRYPT: 4,
  NIST800_108C: 5,
  NIST800_108F: 6,
  NIST800_108DPI: 7,
});

/** Key Format Type. KMIP 1.1 §9.1.3.2.3. */
export const keyFormatType = enumeration("KeyFormatType", {
  Raw: 1,
  Opaque: 2,
  PKCS_1: 3,
  PKCS_8: 4,
  X_509: 5,
  ECPrivateKey: 6,
  TransparentSymmetricKey: 7,
  TransparentDSAPrivateKey: 8,
  TransparentDSAPublicKey: 9,
  TransparentRSAPrivateKey: 0x0a,
  TransparentRSAPublicKey: 0x0b,
  TransparentDHPrivateKey: 0x0c,
  TransparentDHPublicKey: 0x0d,
  TransparentECDSAPrivateKey: 0x0e,
  TransparentECDSAPublicKey: 0x0f,
  TransparentECDHPrivateKey: 0x10,
  TransparentECDHPublicKey: 0x11,
  TransparentECMQVPrivateKey: 0x12,
  TransparentECMQVPublicKey: 0x13,
});

/** Key Compression Type. KMIP 1.1 §9.1.3.2.2. */
export const keyCompressionType = enumeration("KeyCompressionType", {
  ECPublicKeyTypeUncompressed: 1,
  ECPublicKeyTypeX9_62CompressedPrime: 2,
  ECPublicKeyTypeX9_62CompressedChar2: 3,
  ECPublicKeyTypeX9_62Hybrid: 4,
});

/** Wrapping Method. KMIP 1.1 §9.1.3.2.4. */
export const wrappingMethod = enumeration("WrappingMethod", {
  Encrypt: 1,
  MACSign: 2,
  EncryptThenMACSign: 3,
  MACSignThenEncrypt: 4,
  TR_31: 5,
});

/** Encoding Option. KMIP 1.1 §9.1.3.2.32. */
export const encodingOption = enumeration("EncodingOption", {
  NoEncoding: { code: 1, since: v1_1 },
  TTLVEncoding: { code: 2, since: v1_1 },
});

/** Usage Limits Unit. KMIP 1.1 §9.1.3.2.31. */
export const usageLimitsUnit = enumeration("UsageLimitsUnit", {
  Byte: 1,
  Object: 2,
});
