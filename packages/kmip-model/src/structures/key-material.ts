import { bigInteger, byteString, optional, required, structure } from "@akm/ttlv";
import { recommendedCurve } from "../enumerations/index.ts";
import { tags } from "../tags.ts";

/** Key Material of the format Transparent Symmetric Key. KMIP 1.1 §2.1.7.1. */
export const transparentSymmetricKey = structure({ key: required(tags.Key, byteString) });

const dsaDomain = {
  p: required(tags.P, bigInteger),
  q: required(tags.Q, bigInteger),
  g: required(tags.G, bigInteger),
};

/** Transparent DSA Private Key. KMIP 1.1 §2.1.7.2. */
export const transparentDsaPrivateKey = structure({
  ...dsaDomain,
  x: required(tags.X, bigInteger),
});

/** Transparent DSA Public Key. KMIP 1.1 §2.1.7.3. */
export const transparentDsaPublicKey = structure({ ...dsaDomain, y: required(tags.Y, bigInteger) });

/** Transparent RSA Private Key. KMIP 1.1 §2.1.7.4. */
export const transparentRsaPrivateKey = structure({
  modulus: required(tags.Modulus, bigInteger),
  privateExponent: optional(tags.PrivateExponent, bigInteger),
  publicExponent: optional(tags.PublicExponent, bigInteger),
  p: optional(tags.P, bigInteger),
  q: optional(tags.Q, bigInteger),
  primeExponentP: optional(tags.PrimeExponentP, bigInteger),
  primeExponentQ: optional(tags.PrimeExponentQ, bigInteger),
  crtCoefficient: optional(tags.CRTCoefficient, bigInteger),
});

/** Transparent RSA Public Key. KMIP 1.1 §2.1.7.5. */
export const transparentRsaPublicKey = structure({
  modulus: required(tags.Modulus, bigInteger),
  publicExponent: required(tags.PublicExponent, bigInteger),
});

const dhDomain = {
  p: required(tags.P, bigInteger),
  q: optional(tags.Q, bigInteger),
  g: required(tags.G, bigInteger),
  j: optional(tags.J, bigInteger),
};

/** Transparent DH Private Key. KMIP 1.1 §2.1.7.6. */
export const transparentDhPrivateKey = structure({ ...dhDomain, x: required(tags.X, bigInteger) });

/** Transparent DH Public Key. KMIP 1.1 §2.1.7.7. */
export const transparentDhPublicKey = structure({ ...dhDomain, y: required(tags.Y, bigInteger) });

/** Transparent ECDSA, ECDH and ECMQV Private Key. KMIP 1.1 §2.1.7.8, §2.1.7.10, §2.1.7.12. */
export const transparentEcPrivateKey = structure({
  recommendedCurve: required(tags.RecommendedCurve, recommendedCurve),
  d: required(tags.D, bigInteger),
});

/** Transparent ECDSA, ECDH and ECMQV Public Key. KMIP 1.1 §2.1.7.9, §2.1.7.11, §2.1.7.13. */
export const transparentEcPublicKey = structure({
  recommendedCurve: required(tags.RecommendedCurve, recommendedCurve),
  qString: required(tags.QString, byteString),
});
