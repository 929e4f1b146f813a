import type { enumerations } from "@akm/kmip-model";
import type { ValueOf } from "@akm/ttlv";

/** The name of a Cryptographic Algorithm. KMIP 1.1 §9.1.3.2.13. */
export type Algorithm = ValueOf<typeof enumerations.cryptographicAlgorithm>;

/** What is to be known of a symmetric algorithm. */
export interface AlgorithmRow {
  /** Whether a key may have this Cryptographic Length, in bits. */
  readonly isLegal: (bits: number) => boolean;
  /** The bytes of a key of this Cryptographic Length: parity bits may come on top. */
  readonly bytesOf: (bits: number) => number;
  /** The Cryptographic Length in bits where Create is given none. */
  readonly defaultBits: number;
  /** The Cryptographic Length of a key of so many bytes where Register is given none. */
  readonly bitsOf: (bytes: number) => number;
}

const wholeBytes = (bits: number): number => bits / 8;

function fixed(defaultBits: number, ...legal: readonly number[]): AlgorithmRow {
  const lengths = legal.length === 0 ? [defaultBits] : legal;
  return {
    isLegal: (bits) => lengths.includes(bits),
    bytesOf: wholeBytes,
    defaultBits,
    bitsOf: (bytes) => bytes * 8,
  };
}

function range(
  defaultBits: number,
  { from, to, step = 8 }: { from: number; to: number; step?: number },
): AlgorithmRow {
  return {
    isLegal: (bits) => bits >= from && bits <= to && (bits - from) % step === 0,
    bytesOf: wholeBytes,
    defaultBits,
    bitsOf: (bytes) => bytes * 8,
  };
}

/** DES counts its key with or without the parity bit of each byte; seven bits are the key. */
function withParity(defaultBits: number, ...effective: readonly number[]): AlgorithmRow {
  const legal = effective.flatMap((bits) => [bits, (bits / 7) * 8]);
  return {
    isLegal: (bits) => legal.includes(bits),
    bytesOf: (bits) => (effective.includes(bits) ? bits / 7 : bits / 8),
    defaultBits,
    bitsOf: (bytes) => bytes * 7,
  };
}

const hmacBitsMax = 8192;

function hmac(digestBits: number): AlgorithmRow {
  return range(digestBits, { from: 8, to: hmacBitsMax });
}

/** Every symmetric algorithm of the enumeration; what is not here cannot be made or registered. */
const rows: Partial<Readonly<Record<Algorithm, AlgorithmRow>>> = {
  DES: withParity(56, 56),
  DES3: withParity(168, 112, 168),
  AES: fixed(256, 128, 192, 256),
  HMACSHA1: hmac(160),
  HMACSHA224: hmac(224),
  HMACSHA256: hmac(256),
  HMACSHA384: hmac(384),
  HMACSHA512: hmac(512),
  HMACMD5: hmac(128),
  Blowfish: range(128, { from: 32, to: 448 }),
  Camellia: fixed(256, 128, 192, 256),
  CAST5: range(128, { from: 40, to: 128 }),
  IDEA: fixed(128),
  MARS: range(256, { from: 128, to: 448, step: 32 }),
  RC2: range(128, { from: 8, to: 1024 }),
  RC4: range(128, { from: 40, to: 2048 }),
  RC5: range(128, { from: 8, to: 2040 }),
  SKIPJACK: fixed(80),
  Twofish: fixed(256, 128, 192, 256),
};

/** The row of a symmetric algorithm; `undefined` for an asymmetric one. */
export function algorithmRow(algorithm: Algorithm): AlgorithmRow | undefined {
  return rows[algorithm];
}
