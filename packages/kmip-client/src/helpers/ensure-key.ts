import type { Name } from "@akm/kmip-model";
import type { Client } from "../client.ts";
import type { CallOptions } from "../deadline.ts";
import type { AttributesInput } from "../shape/attributes-input.ts";
import { findCurrent } from "./find-current.ts";
import { lookAgain } from "./look-again.ts";

/** What a key shall be: the attributes that Create gets beside the name. */
export interface KeySpec extends CallOptions {
  readonly attributes: Omit<AttributesInput, "name">;
}

/** The key that bears the name, and whether this call made it. */
export interface EnsuredKey {
  readonly uniqueIdentifier: string;
  readonly created: boolean;
}

/** A key has the name, but is not what was asked for. */
export class KeyMismatch extends Error {
  override readonly name = "KeyMismatch";
}

/**
 * Makes the key unless there is one with this name. May be called again and at the same time from many places: on a
 * server where names are unique, as on akm, one key comes of it, also when the answer to Create was lost.
 *
 * @throws KeyMismatch where the key that has the name is of another algorithm or length, and what a client's methods throw
 */
export async function ensureKey(
  client: Client,
  name: string | Name,
  { attributes, ...options }: KeySpec,
): Promise<EnsuredKey> {
  const find = () => findCurrent(client, name, options);
  const found = await find();
  const key = found === undefined ? await make() : { uniqueIdentifier: found, created: false };
  if (!key.created) await checkKey(client, key.uniqueIdentifier, { attributes, ...options });
  return key;

  async function make(): Promise<EnsuredKey> {
    const named = { ...attributes, name: [name] };
    try {
      const request = { objectType: "SymmetricKey", attributes: named } as const;
      const { uniqueIdentifier } = await client.create(request, options);
      return { uniqueIdentifier, created: true };
    } catch (error) {
      const doubt = { ...options, reasons: ["InvalidField", "IllegalOperation"] } as const;
      return { uniqueIdentifier: await lookAgain(error, doubt, find), created: false };
    }
  }
}

async function checkKey(
  client: Client,
  uniqueIdentifier: string,
  { attributes: wanted, ...options }: KeySpec,
): Promise<void> {
  const attributeName = ["Cryptographic Algorithm", "Cryptographic Length"];
  const answer = await client.getAttributes({ uniqueIdentifier, attributeName }, options);
  for (const member of ["cryptographicAlgorithm", "cryptographicLength"] as const) {
    const found = answer.attributes[member];
    if (wanted[member] !== undefined && wanted[member] !== found) {
      throw new KeyMismatch(`${uniqueIdentifier} has ${member} ${found}, not ${wanted[member]}`);
    }
  }
}
