import type { Attributes } from "@akm/kmip-model";
import { checkRow } from "@akm/kmip-server";
import type { ReadObject } from "@akm/store";
import type { House } from "../support/house.ts";

/** An object as its administrator sees it, and the family that it belongs to. */
interface Seen {
  readonly attributes: Attributes;
  readonly family: string | null;
}

/**
 * Looks at everything that a house keeps; tells how many objects that is.
 *
 * @throws Error where a row is not authentic, an object cannot be read, a name has two owners, or the instances of a
 * key are not of one mind
 */
export async function checkSoundness(house: House): Promise<number> {
  const root = house.as("root", { administrator: true });
  const objects: Seen[] = [];
  for (const row of await rowsOf(house)) {
    checkRow("object", row, house.keyring);
    await root.call("Get", { uniqueIdentifier: row.id });
    objects.push({ attributes: await root.attributes(row.id), family: row.keyId });
  }
  checkNames(objects);
  const families = Map.groupBy(objects, ({ family }) => family);
  for (const [id, instances] of families) {
    if (id !== null) await checkFamily(house, id, instances);
  }
  return objects.length;
}

async function rowsOf({ store }: House): Promise<readonly ReadObject[]> {
  const rows: ReadObject[] = [];
  for await (const page of store.find({ terms: [] })) rows.push(...page);
  return rows;
}

function checkNames(objects: readonly Seen[]): void {
  const seen = new Set<string>();
  for (const { nameValue } of objects.flatMap(({ attributes: { name = [] } }) => name)) {
    if (seen.has(nameValue)) throw new Error(`${nameValue} names two objects, or one twice`);
    seen.add(nameValue);
  }
}

async function checkFamily(
  { store, keyring }: House,
  id: string,
  instances: readonly Seen[],
): Promise<void> {
  const row = (await store.readKeys([id])).get(id);
  if (row === undefined) throw new Error(`the family ${id} is gone, its instances are not`);
  checkRow("key", row, keyring);
  const keyNames = new Set(instances.map(({ attributes }) => attributes.keyName));
  if (keyNames.size !== 1) throw new Error(`the family ${id} has ${keyNames.size} key names`);
  const current = instances.filter(({ attributes }) => attributes.current === true);
  if (current.length > 1) throw new Error(`the family ${id} has several current instances`);
}
