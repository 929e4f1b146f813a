import { integer } from "@akm/ttlv";
import { attribute } from "../attribute.ts";
import { cryptographicAlgorithm, cryptographicUsageMask } from "../enumerations/index.ts";
import type { ObjectType } from "../objects.ts";
import { byClient } from "../permission.ts";
import { cryptographicParameters, digest } from "../structures/index.ts";
import { creating, cryptographicObjects, keysCertificatesTemplates } from "./families.ts";

// What a key is made of and what it may be used for.

const digested: readonly ObjectType[] = [...cryptographicObjects, "OpaqueObject"];

/** KMIP 1.1 §3.4. */
export const cryptographicAlgorithmAttribute = attribute({
  name: "Cryptographic Algorithm",
  type: cryptographicAlgorithm,
  objectTypes: keysCertificatesTemplates,
  template: "content",
  create: byClient(),
  setImplicitlyBy: creating,
  spec: "KMIP 1.1 §3.4",
  summary: "The algorithm that the key is for.",
});

/** KMIP 1.1 §3.5. */
export const cryptographicLength = attribute({
  name: "Cryptographic Length",
  type: integer,
  objectTypes: keysCertificatesTemplates,
  template: "content",
  create: byClient(),
  setImplicitlyBy: creating,
  spec: "KMIP 1.1 §3.5",
  summary: "The length of the key in bits, as its algorithm counts them.",
});

/** KMIP 1.1 §3.6. */
export const cryptographicParametersAttribute = attribute({
  name: "Cryptographic Parameters",
  type: cryptographicParameters,
  many: true,
  objectTypes: keysCertificatesTemplates,
  template: "content",
  create: byClient(),
  add: byClient(),
  modify: byClient(),
  remove: byClient(),
  setImplicitlyBy: ["ReKey", "ReKeyKeyPair", "ReCertify"],
  spec: "KMIP 1.1 §3.6",
  summary: "Mode, padding, hash and role that the key is to be used with.",
});

/** KMIP 1.1 §3.17. */
export const digestAttribute = attribute({
  name: "Digest",
  type: digest,
  many: true,
  objectTypes: digested,
  setImplicitlyBy: creating,
  spec: "KMIP 1.1 §3.17",
  summary: "A hash of the key's material; computed whenever it is asked for, never stored.",
});

/** KMIP 1.1 §3.19. */
export const cryptographicUsageMaskAttribute = attribute({
  name: "Cryptographic Usage Mask",
  type: cryptographicUsageMask,
  objectTypes: [...cryptographicObjects, "Template"],
  template: "content",
  create: byClient(),
  setImplicitlyBy: creating,
  spec: "KMIP 1.1 §3.19",
  summary: "What the key may be used for.",
});
