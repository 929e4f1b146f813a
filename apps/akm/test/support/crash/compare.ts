import { isDeepStrictEqual } from "node:util";
import { type Client, failures, locateAll } from "@akm/kmip-client";
import type { Asked, Kept, Ledger } from "./ledger.ts";
import { bytesOf, type Open } from "./writer.ts";

/** A sentence on what is not as the ledger has it. */
export type Difference = string;

/** Finds out whether an open change was made, and notes it if it was. */
export async function settle(
  client: Client,
  ledger: Ledger,
  { asked, refused }: Open,
): Promise<readonly Difference[]> {
  const made = await madeBy(client, asked);
  if (made === undefined) return [];
  if (refused) return [`${asked.act} was refused and done: ${made}`];
  ledger.note(asked, made);
  return [];
}

/** What is not as the ledger has it: which keys there are, and each of `ids` in all its parts. */
export async function differences(
  client: Client,
  ledger: Ledger,
  ids: readonly string[],
): Promise<readonly Difference[]> {
  const found = new Set<string>();
  for await (const id of locateAll(client)) found.add(id);
  const lost = [...ledger.kept.keys()].filter((id) => !found.has(id));
  const extra = [...found].filter((id) => !ledger.kept.has(id));
  const changed: Difference[] = [];
  for (let first = 0; first < ids.length; first += 40) {
    const some = ids.slice(first, first + 40);
    const each = await Promise.all(some.map((id) => differencesOf(client, ledger, id)));
    changed.push(...each.flat());
  }
  return [
    ...lost.map((id) => `${id} is lost`),
    ...extra.map((id) => `${id} is half made`),
    ...changed,
  ];
}

async function madeBy(client: Client, asked: Asked): Promise<string | undefined> {
  if (asked.act === "reKey") return (await partsOf(client, asked.id)).replacement;
  if (asked.act === "destroy") return (await isGone(client, asked.id)) ? asked.id : undefined;
  const { uniqueIdentifier = [] } = await client.locate({ attributes: { name: [asked.name] } });
  return uniqueIdentifier[0];
}

async function isGone(client: Client, uniqueIdentifier: string): Promise<boolean> {
  try {
    await client.getAttributeList({ uniqueIdentifier });
    return false;
  } catch (error) {
    if (error instanceof failures.ItemNotFound) return true;
    throw error;
  }
}

async function differencesOf(
  client: Client,
  ledger: Ledger,
  id: string,
): Promise<readonly Difference[]> {
  const kept = ledger.kept.get(id);
  if (kept === undefined) return [`${id} is not in the ledger`];
  try {
    const bytes = await bytesOf(client, id);
    if (kept.bytes === undefined) ledger.noteBytes(id, bytes);
    const found = { ...(await partsOf(client, id)), bytes };
    const expected = { ...expectedOf(ledger, kept), bytes: kept.bytes ?? bytes };
    if (isDeepStrictEqual(found, expected)) return [];
    // The bytes of a test's keys are no secret.
    return [`${id} is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`];
  } catch (error) {
    return [`${id}: ${error}`];
  }
}

/** What a key shows of itself and of its family. */
interface Parts {
  readonly name: string | undefined;
  readonly replaced: string | undefined;
  readonly replacement: string | undefined;
  readonly current: boolean | undefined;
  readonly keyName: string | undefined;
}

async function partsOf(client: Client, uniqueIdentifier: string): Promise<Parts> {
  const { attributes } = await client.getAttributes({ uniqueIdentifier });
  const { name, link = [], current, keyName } = attributes ?? {};
  const linked = (type: string) =>
    link.find(({ linkType }) => linkType === type)?.linkedObjectIdentifier;
  return {
    name: name?.map(({ nameValue }) => nameValue).join(),
    replaced: linked("ReplacedObjectLink"),
    replacement: linked("ReplacementObjectLink"),
    current,
    keyName,
  };
}

/** The name of a key is that of its newest instance, which alone is current. */
function expectedOf(ledger: Ledger, { name, replaced, replacement }: Kept): Parts {
  let newest = ledger.kept.get(replacement ?? "");
  while (newest?.replacement !== undefined) newest = ledger.kept.get(newest.replacement);
  const keyName = newest === undefined ? name : newest.name;
  return { name, replaced, replacement, current: newest === undefined, keyName };
}
