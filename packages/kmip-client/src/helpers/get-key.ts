import type { Name } from "@akm/kmip-model";
import type { Client } from "../client.ts";
import type { CallOptions } from "../deadline.ts";
import { ProtocolError } from "../protocol-error.ts";
import type { SymmetricKey } from "../shape/symmetric-key.ts";
import { findCurrent } from "./find-current.ts";

/** A symmetric key and its identifier. */
export interface FoundKey extends SymmetricKey {
  readonly uniqueIdentifier: string;
}

/** The newest instance of the key with this name, `undefined` where there is none. Throws what a client's methods throw. */
export async function getKey(
  client: Client,
  name: string | Name,
  options?: CallOptions,
): Promise<FoundKey | undefined> {
  const found = await findCurrent(client, name, options);
  if (found === undefined) return undefined;
  const { uniqueIdentifier, symmetricKey } = await client.get({ uniqueIdentifier: found }, options);
  if (symmetricKey === undefined) throw new ProtocolError(`${found} came without its key`);
  return { uniqueIdentifier, ...symmetricKey };
}
