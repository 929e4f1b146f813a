import {
  type Attributes,
  attributes,
  type operations,
  type RequestOf,
  tags,
  toStructures,
  v1_1,
} from "@akm/kmip-model";
import { encodeRaw } from "@akm/ttlv";
import type { Asker } from "./house.ts";

type LocateRequest = RequestOf<typeof operations.Locate>;

/** The identifiers that a Locate finds. */
export async function locate(
  asker: Asker,
  request: Partial<LocateRequest>,
): Promise<readonly string[]> {
  const { uniqueIdentifier } = await asker.call("Locate", { attribute: [], ...request });
  return uniqueIdentifier;
}

/** The identifiers of the objects that have all of these attributes. */
export async function find(asker: Asker, set: Attributes): Promise<readonly string[]> {
  return await locate(asker, { attribute: toStructures(set, v1_1) });
}

/** A filter as it goes over the wire; a structure may lack fields. */
export function filter(attributeName: string, value: unknown) {
  const row = Object.values(attributes).find((candidate) => candidate.name === attributeName);
  const type = row?.filterType as never;
  return { attributeName, attributeValue: encodeRaw(tags.AttributeValue, type, value as never) };
}

/** A template with these contents and names. */
export async function registerTemplate(asker: Asker, set: Attributes): Promise<string> {
  const { uniqueIdentifier } = await asker.call("Register", {
    objectType: "Template",
    templateAttribute: { name: [], attribute: [] },
    template: { attribute: toStructures(set, v1_1) },
  });
  return uniqueIdentifier;
}
