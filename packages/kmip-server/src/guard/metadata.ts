import type { Metadata } from "@akm/kmip-model";

/**
 * y-Metadata after a change: the fields that are given replace those that were there, the others stay, and an empty
 * text empties its field. AKM guide, note 6.
 */
export function mergedMetadata(before: Metadata | undefined, given: Metadata): Metadata {
  const merged = { ...before, ...given };
  return Object.fromEntries(
    Object.entries(merged).filter(([, text]) => text !== undefined && text !== ""),
  );
}
