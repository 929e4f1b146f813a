import type { Name } from "@akm/kmip-model";
import type { Client } from "../client.ts";
import type { CallOptions } from "../deadline.ts";

/**
 * The identifier of the symmetric key that bears the name now, `undefined` where none does. Re-key moves a name to the
 * replacement, so it is that of the newest instance; where a server lets several keys have one name, the youngest of
 * them. KMIP 1.1 §4.4.
 */
export async function findCurrent(
  client: Client,
  name: string | Name,
  options?: CallOptions,
): Promise<string | undefined> {
  const attributes = { name: [name], objectType: "SymmetricKey" } as const;
  const { uniqueIdentifier: found } = await client.locate({ attributes }, options);
  if (found.length <= 1) return found[0];
  const dated = await Promise.all(found.map((id) => withDate(client, id, options)));
  return dated.reduce((newest, each) => (each.date > newest.date ? each : newest)).id;
}

async function withDate(
  client: Client,
  id: string,
  options?: CallOptions,
): Promise<{ id: string; date: bigint }> {
  const request = { uniqueIdentifier: id, attributeName: ["Initial Date"] };
  const { attributes } = await client.getAttributes(request, options);
  return { id, date: attributes.initialDate ?? 0n };
}
