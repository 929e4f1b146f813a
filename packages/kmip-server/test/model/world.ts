import { createHash } from "node:crypto";
import { ruleNamed } from "./rules.ts";
import { transparentBytes } from "./wire.ts";

// What there is, as the model sees it. Things are never changed: a change makes a new one.

/** One instance of an attribute. */
export interface Instance {
  readonly index: number;
  readonly value: unknown;
}

/** What all instances of a key share. */
export interface Family {
  /** The Name at index 0 of the newest instance, which the key counts as its own even after that is gone. */
  readonly name: string;
  /** The name that the server made from the first instance. */
  readonly automatic: string;
}

/** What only a key has. */
export interface KeyPart {
  readonly family: string;
  /** `undefined` as long as nobody has seen it. */
  readonly material: Uint8Array | undefined;
  readonly format: "Raw" | "TransparentSymmetricKey";
  readonly rolled: boolean;
  readonly current: boolean;
  /** When y-Auto Re-key Interval In Days was last set. */
  readonly intervalSet: bigint;
  readonly users: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

/** A key or a template. */
export interface Thing {
  readonly id: string;
  readonly owner: string;
  readonly initialDate: bigint;
  readonly lastChange: bigint;
  /** What is stored: not what follows from the rest, such as State. */
  readonly attributes: ReadonlyMap<string, readonly Instance[]>;
  /** The index that the next instance of an attribute gets. */
  readonly next: ReadonlyMap<string, number>;
  /** Absent for templates. */
  readonly key?: KeyPart;
}

/** Everything. */
export interface World {
  now: bigint;
  readonly things: Map<string, Thing>;
  readonly families: Map<string, Family>;
  /** Identifiers in the order in which they were given, those of destroyed objects too. */
  readonly known: string[];
}

/** Who asks. */
export interface Person {
  readonly user: string;
  readonly groups: readonly string[];
  readonly administrator: boolean;
}

/** An empty world at this second. */
export function emptyWorld(now: bigint): World {
  return { now, things: new Map(), families: new Map(), known: [] };
}

/** The instances of an attribute that is stored. */
export function instances(thing: Thing, name: string): readonly Instance[] {
  return thing.attributes.get(name) ?? [];
}

/** The value of an attribute that has one instance. */
export function only<T>(thing: Thing, name: string): T | undefined {
  return instances(thing, name)[0]?.value as T | undefined;
}

/** The thing with these instances of an attribute. */
export function withInstances(thing: Thing, name: string, list: readonly Instance[]): Thing {
  const attributes = new Map(thing.attributes);
  if (list.length > 0) attributes.set(name, list);
  else attributes.delete(name);
  const past = thing.next.get(name) ?? 0;
  const next = new Map(thing.next).set(name, Math.max(past, ...list.map((one) => one.index + 1)));
  return { ...thing, attributes, next };
}

/** The thing with one more instance. An empty field of y-Metadata has no member. */
export function withAdded(thing: Thing, name: string, given: unknown): Thing {
  const value = name === "y-Metadata" ? filled(given as object) : given;
  const index = ruleNamed(name)?.many ? (thing.next.get(name) ?? 0) : 0;
  return withInstances(thing, name, [...instances(thing, name), { index, value }]);
}

/** The fields that are not empty. */
export function filled(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ""));
}

/** The thing with this one value of an attribute. */
export function withValue(thing: Thing, name: string, value: unknown): Thing {
  return withInstances(thing, name, [{ index: 0, value }]);
}

/** The state of a key at a moment. Templates have none. */
export function stateOf(thing: Thing, now: bigint): string | undefined {
  if (thing.key === undefined) return undefined;
  if (instances(thing, "Compromise Date").length > 0) return "Compromised";
  const activation = only<bigint>(thing, "Activation Date");
  if (activation === undefined || activation > now) return "PreActive";
  const deactivation = only<bigint>(thing, "Deactivation Date");
  return deactivation !== undefined && deactivation <= now ? "Deactivated" : "Active";
}

/** All that Get Attributes shows of a thing. */
export function shown(world: World, thing: Thing): ReadonlyMap<string, readonly Instance[]> {
  const own = (value: unknown) => [{ index: 0, value }];
  const all = new Map(thing.attributes);
  all.set("Unique Identifier", own(thing.id));
  all.set("Object Type", own(thing.key ? "SymmetricKey" : "Template"));
  all.set("Initial Date", own(thing.initialDate));
  all.set("Last Change Date", own(thing.lastChange));
  if (thing.key === undefined) return all;
  all.set("State", own(stateOf(thing, world.now)));
  all.set("Digest", own(digestOf(thing.key)));
  all.set("y-Instance", own(thing.id));
  all.set("y-Current", own(thing.key.current));
  all.set("y-Key Name", own(keyNameOf(world.families.get(thing.key.family) as Family)));
  return all;
}

/** The digest of a key: over its bytes, or over the whole item that holds its structure. KMIP 1.1 §3.17. */
function digestOf({ material = new Uint8Array(), format }: KeyPart) {
  const hashed = format === "Raw" ? material : transparentBytes(material);
  const digestValue = new Uint8Array(createHash("sha256").update(hashed).digest());
  return { hashingAlgorithm: "SHA_256", digestValue, keyFormatType: format };
}

/** A name as structure. */
export interface NameValue {
  readonly nameValue: string;
  readonly nameType: "UninterpretedTextString" | "URI";
}

/** Whether any other object bears the name, or another key counts it as its own. */
export function isUsed(world: World, name: string, by?: { family?: string; except?: string }) {
  const borne = [...world.things.values()].some(
    (thing) =>
      thing.id !== by?.except &&
      instances(thing, "Name").some(({ value }) => (value as NameValue).nameValue === name),
  );
  const reserved = [...world.families].some(
    ([id, family]) => id !== by?.family && [family.name, family.automatic].includes(name),
  );
  return borne || reserved;
}

/** What the whole key is called: the name at index 0 where AKM allows it, else the automatic one. */
export function keyNameOf({ name, automatic }: Family): string {
  const { length } = [...name];
  const legal = length >= 1 && length <= 40 && !/[/\p{Cc}]/u.test(name) && name.trim() === name;
  return legal ? name : automatic;
}

/** The automatic name of a key whose first instance has this identifier. AKM guide, chapter 5. */
export function automaticName(id: string): string {
  return `KEY-${Buffer.from(id, "base64").subarray(0, 16).toString("hex")}`;
}

/** Whether the person may use the thing. */
export function mayUse({ user, groups, administrator }: Person, thing: Thing): boolean {
  if (administrator) return true;
  if (thing.key === undefined) return thing.owner === user;
  const listed = thing.key.users.has(user);
  const inGroup = groups.some((group) => thing.key?.groups.has(group));
  const check = only<string>(thing, "y-Access Check");
  if (check === "Anyone") return true;
  if (check === "ListedUsers") return listed;
  if (check === "ListedGroups") return inGroup;
  return check === "ListedUserAndGroup" ? listed && inGroup : listed || inGroup;
}
