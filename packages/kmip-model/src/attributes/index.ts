import type { ValueOf } from "@akm/ttlv";
import type { AttributeRow } from "../attribute.ts";
import * as cryptography from "./cryptography.ts";
import { customAttribute, isCustomName } from "./custom.ts";
import * as identity from "./identity.ts";
import * as lifecycle from "./lifecycle.ts";
import * as notOffered from "./not-offered.ts";
import * as vendor from "./vendor.ts";

/**
 * The registry: every attribute under the member name by which `Attributes` knows it, in the order in which answers
 * list them. What is not here does not exist.
 */
export const attributes = {
  uniqueIdentifier: identity.uniqueIdentifier,
  name: identity.name,
  objectType: identity.objectTypeAttribute,
  cryptographicAlgorithm: cryptography.cryptographicAlgorithmAttribute,
  cryptographicLength: cryptography.cryptographicLength,
  cryptographicParameters: cryptography.cryptographicParametersAttribute,
  cryptographicDomainParameters: notOffered.cryptographicDomainParameters,
  certificateType: notOffered.certificateTypeAttribute,
  certificateLength: notOffered.certificateLength,
  x_509CertificateIdentifier: notOffered.x_509CertificateIdentifier,
  x_509CertificateSubject: notOffered.x_509CertificateSubject,
  x_509CertificateIssuer: notOffered.x_509CertificateIssuer,
  certificateIdentifier: notOffered.certificateIdentifier,
  certificateSubject: notOffered.certificateSubject,
  certificateIssuer: notOffered.certificateIssuer,
  digitalSignatureAlgorithm: notOffered.digitalSignatureAlgorithmAttribute,
  digest: cryptography.digestAttribute,
  operationPolicyName: identity.operationPolicyName,
  cryptographicUsageMask: cryptography.cryptographicUsageMaskAttribute,
  leaseTime: notOffered.leaseTime,
  usageLimits: notOffered.usageLimitsAttribute,
  state: lifecycle.stateAttribute,
  initialDate: lifecycle.initialDate,
  activationDate: lifecycle.activationDate,
  processStartDate: lifecycle.processStartDate,
  protectStopDate: lifecycle.protectStopDate,
  deactivationDate: lifecycle.deactivationDate,
  destroyDate: notOffered.destroyDate,
  compromiseOccurrenceDate: lifecycle.compromiseOccurrenceDate,
  compromiseDate: lifecycle.compromiseDate,
  revocationReason: lifecycle.revocationReasonAttribute,
  archiveDate: notOffered.archiveDate,
  objectGroup: identity.objectGroup,
  fresh: notOffered.fresh,
  link: identity.linkAttribute,
  applicationSpecificInformation: identity.applicationSpecificInformationAttribute,
  contactInformation: identity.contactInformation,
  lastChangeDate: lifecycle.lastChangeDate,
  sqlServerThumbprint: vendor.sqlServerThumbprint,
  keyName: vendor.keyName,
  instance: vendor.instance,
  current: vendor.current,
  destroyPermitted: vendor.destroyPermitted,
  mirrored: vendor.mirrored,
  autoReKeyIntervalInDays: vendor.autoReKeyIntervalInDays,
  reKeyPermitted: vendor.reKeyPermitted,
  accessCheck: vendor.accessCheckAttribute,
  metadata: vendor.metadataAttribute,
} as const satisfies Record<string, AttributeRow>;

/** The member name of an attribute. */
export type AttributeMember = keyof typeof attributes;

/** The value of an attribute by its member name. */
export type AttributeValue<M extends AttributeMember> = ValueOf<(typeof attributes)[M]["type"]>;

/** The members of attributes that may have several instances. */
export type ManyMember = {
  [M in AttributeMember]: (typeof attributes)[M] extends { many: true } ? M : never;
}[AttributeMember];

const byName: ReadonlyMap<string, AttributeRow> = new Map(
  Object.values<AttributeRow>(attributes).map((row) => [row.name, row]),
);

/** The attribute of this name: a declared one, or a client's own; `undefined` where there can be none. */
export function attributeNamed(name: string): AttributeRow | undefined {
  return byName.get(name) ?? (isCustomName(name) ? customAttribute(name) : undefined);
}

export { customAttribute, isCustomName } from "./custom.ts";
export { type Metadata, type MetadataField, metadataTags } from "./metadata.ts";
export { type AccessCheck, accessCheck } from "./vendor.ts";
