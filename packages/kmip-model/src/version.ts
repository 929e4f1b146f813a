/** A protocol version as it stands in headers and in Discover Versions. KMIP 1.1 §6.1. */
export interface ProtocolVersion {
  readonly protocolVersionMajor: number;
  readonly protocolVersionMinor: number;
}

/**
 * The number that the codec orders versions by, major × 10 + minor: what stands in a declaration's `since`
 * and what `edition` means in `decode` and `encode`.
 */
export type Edition = typeof v1_0 | typeof v1_1;

/** KMIP 1.0. */
export const v1_0 = 10;

/** KMIP 1.1, the newest version that is declared here. */
export const v1_1 = 11;

/** The versions that are declared, newest first, as Discover Versions lists them. KMIP 1.1 §4.26. */
export const declaredVersions: readonly ProtocolVersion[] = [
  { protocolVersionMajor: 1, protocolVersionMinor: 1 },
  { protocolVersionMajor: 1, protocolVersionMinor: 0 },
];

/** The edition by whose declarations a message of this version is read: 1.0 by its own, every later 1.x by 1.1. */
export function editionOf(version: ProtocolVersion): Edition {
  return version.protocolVersionMinor === 0 ? v1_0 : v1_1;
}
