import {
  type ApplicationSpecificInformation,
  type AttributeRow,
  attributes,
  KmipError,
} from "@akm/kmip-model";
import { type AttributeSet, countInstances } from "../object/attribute-set.ts";
import type { OfferedObjectType } from "../object/managed-object.ts";

/** Attribute instances of an object, at the most. */
export const attributesMax = 256;

const policyNames: readonly string[] = ["default"];

/**
 * Refuses values that are well formed and yet not to be had from this server.
 *
 * @throws KmipError `InvalidField` for a policy name that is not known, `ApplicationNamespaceNotSupported` for data that
 * the server would have to make up
 */
export function checkValue(row: AttributeRow, value: unknown): void {
  checkPolicyName(row, value);
  if (row.name !== attributes.applicationSpecificInformation.name) return;
  const { applicationData, applicationNamespace } = value as ApplicationSpecificInformation;
  if (applicationData === undefined) {
    throw new KmipError(
      "ApplicationNamespaceNotSupported",
      `no data can be made up for the namespace ${applicationNamespace}`,
    );
  }
}

/** Refuses an Operation Policy Name that is not known, in a filter too. Throws KmipError `InvalidField`. */
export function checkPolicyName(row: AttributeRow, value: unknown): void {
  if (row.name !== attributes.operationPolicyName.name || policyNames.includes(value as string))
    return;
  throw new KmipError("InvalidField", `Operation Policy Name ${value} is not known`);
}

/** Instances that are computed for every object of the type, and count like those that are kept. */
const computed: Readonly<Record<OfferedObjectType, number>> = {
  // Unique Identifier, Object Type, State, Digest, y-Instance
  SymmetricKey: 5,
  // Unique Identifier, Object Type
  Template: 2,
};

/**
 * Refuses more instances than an object may have; what counts is what Get Attributes answers.
 *
 * @throws KmipError `IndexOutOfBounds`
 */
export function checkCount(set: AttributeSet, objectType: OfferedObjectType): void {
  const count = countInstances(set) + computed[objectType];
  if (count <= attributesMax) return;
  throw new KmipError(
    "IndexOutOfBounds",
    `the object would have ${count} attributes, more than ${attributesMax}`,
  );
}
