import type { Name } from "@akm/kmip-model";
import type { Client } from "../client.ts";
import type { CallOptions } from "../deadline.ts";
import { failureOf } from "../kmip-failure.ts";
import { findCurrent } from "./find-current.ts";
import { lookAgain } from "./look-again.ts";

/** The identifiers of the instance that a key has now, and of the one before it. */
export interface Rotated {
  readonly uniqueIdentifier: string;
  readonly replaced: string;
}

/**
 * Re-keys the newest instance of the key with this name. The new one is Active at once, unless the old one is
 * Pre-Active still. An instance is replaced once: of several who would replace the same one all get what the first of
 * them made, and so does who lost the answer and finds the name moved on.
 *
 * @throws failures.ItemNotFound where no key has the name, and what a client's methods throw. KMIP 1.1 §4.4.
 */
export async function rotate(
  client: Client,
  name: string | Name,
  options?: CallOptions,
): Promise<Rotated> {
  const replaced = await findCurrent(client, name, options);
  if (replaced === undefined) throw noKey(name);
  const moved = async () => {
    const found = await findCurrent(client, name, options);
    return found === replaced ? undefined : found;
  };
  const offset = await offsetFor(client, replaced, options);
  try {
    const { uniqueIdentifier } = await client.reKey(
      { uniqueIdentifier: replaced, ...offset },
      options,
    );
    return { uniqueIdentifier, replaced };
  } catch (error) {
    const doubt = { ...options, reasons: ["PermissionDenied"] } as const;
    return { uniqueIdentifier: await lookAgain(error, doubt, moved), replaced };
  }
}

/** An Offset of 0 activates the new instance at once; it is only for keys that have an Activation Date. */
async function offsetFor(
  client: Client,
  uniqueIdentifier: string,
  options?: CallOptions,
): Promise<{ offset?: number }> {
  const attributeName = ["State", "Activation Date"];
  const { attributes } = await client.getAttributes({ uniqueIdentifier, attributeName }, options);
  const isDated = attributes.activationDate !== undefined && attributes.state !== "PreActive";
  return isDated ? { offset: 0 } : {};
}

function noKey(name: string | Name): Error {
  const text = typeof name === "string" ? name : name.nameValue;
  const resultMessage = `no key is called "${text}"`;
  return failureOf({ operation: "Locate", reason: "ItemNotFound", resultMessage });
}
