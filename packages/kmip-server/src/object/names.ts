import { attributes, type Name } from "@akm/kmip-model";
import { digest } from "../crypto/index.ts";
import { type AttributeSet, all, at } from "./attribute-set.ts";

const automaticPrefix = "KEY-";
const automaticShape = /^KEY-[0-9a-f]{32}$/;
const keyNameCharactersMax = 40;
const controlCharacter = /\p{Cc}/u;

/** The name that the server gives to a key without one: `KEY-` and the identifier's 16 bytes in hex. AKM guide, chapter 5. */
export function automaticName(id: string): string {
  return automaticPrefix + Buffer.from(id, "base64").subarray(0, 16).toString("hex");
}

/** The identifier whose automatic name this is; `undefined` for any other name. */
export function automaticallyNamed(nameValue: string): string | undefined {
  if (!automaticShape.test(nameValue)) return undefined;
  return identifierOf(Buffer.from(nameValue.slice(automaticPrefix.length), "hex"));
}

/** A Unique Identifier: 16 bytes in base64, the padding written as `AA`. AKM guide, chapter 5. */
export function identifierOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64").replace("==", "AA");
}

/** Whether a name can be the name of an AKM key: 1 to 40 characters, no `/`, no control character, no blank at an end. */
function isKeyName(nameValue: string): boolean {
  const { length } = [...nameValue];
  if (length < 1 || length > keyNameCharactersMax) return false;
  return (
    !nameValue.includes("/") && !controlCharacter.test(nameValue) && nameValue.trim() === nameValue
  );
}

/** y-Key Name: the Name at index 0 where that is a legal key name, else the automatic name of the key's first instance. */
export function keyNameFor(nameValue: string, familyId: string): string {
  return isKeyName(nameValue) ? nameValue : automaticName(familyId);
}

/** All Name Values of an object. */
export function nameValues(set: AttributeSet): readonly string[] {
  return all(set, attributes.name).map(({ value }) => value.nameValue);
}

/** The Name at index 0, which names the whole key; `undefined` for an instance that was rolled. */
export function firstName(set: AttributeSet): Name | undefined {
  return at(set, attributes.name, 0)?.value;
}

/** The claim of a Name Value: names are unique by their bytes. */
export function claimOf(nameValue: string): Uint8Array {
  return digest(Buffer.from(nameValue, "utf8"));
}
