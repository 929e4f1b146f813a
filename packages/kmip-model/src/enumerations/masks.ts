import { mask } from "@akm/ttlv";

// The two bit masks of KMIP 1.1 §9.1.3.3.

/** Cryptographic Usage Mask. KMIP 1.1 §3.19, §9.1.3.3.1. */
export const cryptographicUsageMask = mask("CryptographicUsageMask", {
  Sign: 0x1,
  Verify: 0x2,
  Encrypt: 0x4,
  Decrypt: 0x8,
  WrapKey: 0x10,
  UnwrapKey: 0x20,
  Export: 0x40,
  MACGenerate: 0x80,
  MACVerify: 0x100,
  DeriveKey: 0x200,
  ContentCommitment: 0x400,
  KeyAgreement: 0x800,
  CertificateSign: 0x1000,
  CRLSign: 0x2000,
  GenerateCryptogram: 0x4000,
  ValidateCryptogram: 0x8000,
  TranslateEncrypt: 0x10000,
  TranslateDecrypt: 0x20000,
  TranslateWrap: 0x40000,
  TranslateUnwrap: 0x80000,
});

/** Storage Status Mask. KMIP 1.1 §9.1.3.3.2. */
export const storageStatusMask = mask("StorageStatusMask", {
  OnLineStorage: 0x1,
  ArchivalStorage: 0x2,
});
