import type { Client } from "../client.ts";
import type { CallOptions } from "../deadline.ts";
import type { AttributeFilters } from "../shape/attributes-input.ts";

/** How many identifiers a page has; 1,000 unless given. The time limit is that of each page. */
export interface LocateAllOptions extends CallOptions {
  readonly pageItems?: number;
}

/**
 * The identifiers of all objects that match, fetched page by page as they are asked for, none twice. Objects that come
 * or go meanwhile may be among them or not. Needs a server that knows Offset Items (KMIP 1.3 §4.9), as akm does.
 */
export async function* locateAll(
  client: Client,
  attributes: AttributeFilters = {},
  { pageItems = 1000, ...options }: LocateAllOptions = {},
): AsyncGenerator<string, void, undefined> {
  const given = new Set<string>();
  for (let offsetItems = 0; ; offsetItems += pageItems) {
    const page = await client.locate({ attributes, maximumItems: pageItems, offsetItems }, options);
    const fresh = page.uniqueIdentifier.filter((id) => !given.has(id));
    for (const id of fresh) {
      given.add(id);
      yield id;
    }
    // Without anything new the server pays no heed to the offset.
    if (page.uniqueIdentifier.length < pageItems || fresh.length === 0) return;
  }
}
