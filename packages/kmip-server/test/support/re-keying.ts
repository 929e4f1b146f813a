import type { Attributes, operations, RequestOf } from "@akm/kmip-model";
import { type Asker, templateAttribute } from "./house.ts";

type ReKeyRequest = RequestOf<typeof operations.ReKey>;

/** Re-keys, and tells the replacement. */
export async function reKey(
  asker: Asker,
  uniqueIdentifier: string,
  request: Omit<ReKeyRequest, "uniqueIdentifier"> = {},
): Promise<string> {
  return (await asker.call("ReKey", { uniqueIdentifier, ...request })).uniqueIdentifier;
}

/** The part of a request that gives attributes. */
export function withAttributes(set: Attributes) {
  return { templateAttribute: templateAttribute(set) };
}

/** Takes a key out of service, for a compromise or because it is no longer needed. */
export async function revoke(asker: Asker, uniqueIdentifier: string, isCompromised = false) {
  const revocationReasonCode = isCompromised ? "KeyCompromise" : "CessationOfOperation";
  await asker.call("Revoke", { uniqueIdentifier, revocationReason: { revocationReasonCode } });
}
