import {
  type AttributeMember,
  type AttributeRow,
  type AttributeStructure,
  attributes,
  KmipError,
  type operations,
  type RequestOf,
  tags,
  v1_1,
  writeAttribute,
} from "@akm/kmip-model";
import { byteString, encodeRaw } from "@akm/ttlv";
import { type Asker, buildHouse, type House } from "./house.ts";
import type { Where, Who } from "./permission-oracle.ts";
import { revoke } from "./re-keying.ts";
import { samples } from "./samples.ts";

// Objects in every state, and attempts on their attributes.

/** The row of a member, its values of whatever type. */
export function rowOf(member: AttributeMember): AttributeRow {
  return attributes[member] as unknown as AttributeRow;
}

/** A sample as a request carries it, without an index. */
export function written(member: AttributeMember, which: "value" | "other" = "value") {
  const instance = { index: 0, value: samples[member][which] as unknown };
  const { attributeIndex: _, ...structure } = writeAttribute(rowOf(member), instance, v1_1);
  return structure;
}

/** What every key needs, without what is given otherwise. */
export function basics(...except: readonly AttributeMember[]): AttributeStructure[] {
  const needed = [
    "cryptographicAlgorithm",
    "cryptographicLength",
    "cryptographicUsageMask",
  ] as const;
  return needed.filter((member) => !except.includes(member)).map((member) => written(member));
}

/** A payload of Create or Register, with these attributes. */
export function making(attribute: readonly AttributeStructure[]) {
  return {
    objectType: "SymmetricKey" as const,
    templateAttribute: { name: [], attribute: [...attribute] },
  };
}

/** A key of 128 bits as Register takes it. */
export function aesKey(): NonNullable<RequestOf<typeof operations.Register>["symmetricKey"]> {
  const keyMaterial = encodeRaw(tags.KeyMaterial, byteString, new Uint8Array(16));
  return { keyBlock: { keyFormatType: "Raw", keyValue: { keyMaterial, attribute: [] } } };
}

/** A payload of Register for a template that holds this. */
export function templateOf(attribute: readonly AttributeStructure[]) {
  return {
    objectType: "Template" as const,
    templateAttribute: { name: [], attribute: [] },
    template: { attribute: [...attribute] },
  };
}

/** The people of a house, by what they are to the owner's objects. */
export function peopleOf(house: House): Record<Who, Asker> {
  return {
    owner: house.as("alice"),
    "listed user": house.as("bob"),
    administrator: house.as("root", { administrator: true }),
    stranger: house.as("mallory", { groups: ["strangers"] }),
  };
}

/** An object of the owner's in its state. */
export interface Scene {
  readonly people: Record<Who, Asker>;
  readonly uniqueIdentifier: string;
}

/** A fresh house with one object, which has the attribute if it may be given one. */
export async function setScene(where: Where, given?: AttributeMember): Promise<Scene> {
  const house = buildHouse();
  const people = peopleOf(house);
  const more = given === undefined ? [] : [written(given)];
  if (where === "template") {
    const contents = more.length > 0 ? more : [written("name")];
    const { uniqueIdentifier } = await people.owner.call("Register", templateOf(contents));
    return { people, uniqueIdentifier };
  }
  const request = making([...basics(...(given === undefined ? [] : [given])), ...more]);
  const { uniqueIdentifier } = await people.owner.call("Create", request);
  const lists = { id: uniqueIdentifier, users: ["bob"], groups: [] };
  await house.server.administration.grant(lists);
  await bring(people.owner, uniqueIdentifier, where);
  return { people, uniqueIdentifier };
}

async function bring(owner: Asker, uniqueIdentifier: string, where: Where): Promise<void> {
  if (where === "Active" || where === "Deactivated") {
    await owner.call("Activate", { uniqueIdentifier });
  }
  if (where === "Deactivated") await revoke(owner, uniqueIdentifier);
  if (where === "Compromised") await revoke(owner, uniqueIdentifier, true);
}

/** `allowed`, or the reason of the refusal. */
export async function outcomeOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return "allowed";
  } catch (error) {
    if (error instanceof KmipError) return error.reason;
    throw error;
  }
}
