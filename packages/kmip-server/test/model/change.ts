import { contradiction, faultOf } from "./judge.ts";
import { type Asking, collectFaults, type Outcome, refuse } from "./outcome.ts";
import type { Given, RequestTo } from "./requests.ts";
import { type Rule, ruleNamed, type When } from "./rules.ts";
import {
  filled,
  instances,
  isUsed,
  keyNameOf,
  type NameValue,
  stateOf,
  type Thing,
  type World,
  withAdded,
  withInstances,
} from "./world.ts";

// Add, Modify and Delete Attribute.

interface Change {
  readonly world: World;
  readonly thing: Thing;
  readonly asking: Asking;
}

/** The rule of an attribute on this thing, with what clients may do there; refused where they may never. */
function ruleFor(thing: Thing, name: string, deed: "add" | "modify" | "remove"): [Rule, When] {
  const rule = ruleNamed(name);
  if (rule === undefined) refuse("PermissionDenied");
  if (thing.key === undefined && rule.role === "never") refuse("PermissionDenied");
  const when = thing.key === undefined && rule.role === "content" ? "always" : rule[deed];
  if (when === "never") refuse("PermissionDenied");
  return [rule, when];
}

/** Whether the moment is right, and the person. */
function allows(when: When, { world, thing, asking }: Change, current: unknown): boolean {
  const state = stateOf(thing, world.now);
  const inService = state === "PreActive" || state === "Active";
  switch (when) {
    case "never":
      return false;
    case "always":
      return true;
    case "owner":
      return asking.person.administrator || asking.person.user === thing.owner;
    case "not first":
      return true;
    case "before service":
      return state === "PreActive";
    case "in service":
      return inService;
    case "not reached":
      return inService && (current === undefined || (current as bigint) > world.now);
  }
}

/** Add Attribute. KMIP 1.1 §4.14. */
export function addAttribute(change: Change, { given }: RequestTo<"AddAttribute">): Outcome {
  const { world, thing } = change;
  const [rule, when] = ruleFor(thing, given.name, "add");
  const faults = collectFaults();
  const has = instances(thing, given.name);
  if (!rule.many && has.length > 0) faults.add("IllegalOperation");
  if (!allows(when, change, has[0]?.value)) faults.add("PermissionDenied");
  if (given.index !== undefined && given.index !== 0) faults.add("InvalidField");
  faults.add(faultOf(given.name, given.value));
  if (isNameTaken(change, given, undefined)) faults.add("IllegalOperation");
  const after = withAdded(thing, given.name, given.value);
  faults.add(contradiction(after, [given.name]));
  faults.end();
  const instance = instances(after, given.name).at(-1) as { index: number; value: unknown };
  return changed(world, after, { ...instance, name: given.name });
}

/** Modify Attribute. KMIP 1.1 §4.15. */
export function modifyAttribute(change: Change, { given }: RequestTo<"ModifyAttribute">): Outcome {
  const { world, thing } = change;
  const [rule, when] = ruleFor(thing, given.name, "modify");
  const faults = collectFaults();
  const { index = 0 } = given;
  const has = instances(thing, given.name);
  const old = has.find((one) => one.index === index);
  const sets = rule.sets && thing.key !== undefined && index === 0;
  if (old === undefined && !sets) faults.add(has.length > 0 ? "ItemNotFound" : "InvalidField");
  if (has.length === 0 && index !== 0) faults.add("ItemNotFound");
  if (!allows(when, change, old?.value)) faults.add("PermissionDenied");
  faults.add(faultOf(given.name, given.value));
  if (isNameTaken(change, given, index)) faults.add("IllegalOperation");
  const value = given.name === "y-Metadata" ? mixed(old?.value, given.value) : given.value;
  const list = old
    ? has.map((one) => (one === old ? { index, value } : one))
    : [...has, { index, value }];
  const after = withInstances(thing, given.name, list);
  faults.add(contradiction(after, [given.name]));
  faults.end();
  return changed(world, after, { name: given.name, index, value });
}

/** y-Metadata: fields that are given replace, empty ones empty. AKM guide, note 6. */
function mixed(old: unknown, given: unknown): unknown {
  return filled({ ...(old as object), ...(given as object) });
}

/** Whether the name is another's, or stands on the thing itself already at another index. */
function isNameTaken({ world, thing }: Change, { name, value }: Given, at: number | undefined) {
  if (name !== "Name") return false;
  const { nameValue } = value as NameValue;
  const by = { except: thing.id, ...(thing.key ? { family: thing.key.family } : {}) };
  const isOwn = instances(thing, "Name").some(
    (one) => (one.value as NameValue).nameValue === nameValue && one.index !== at,
  );
  return isOwn || isUsed(world, nameValue, by);
}

/** Delete Attribute. KMIP 1.1 §4.16. */
export function deleteAttribute(change: Change, request: RequestTo<"DeleteAttribute">): Outcome {
  const { world, thing } = change;
  const { name, index = 0 } = request;
  const [, when] = ruleFor(thing, name, "remove");
  if (when === "not first" && index === 0) refuse("PermissionDenied");
  const has = instances(thing, name);
  const old = has.find((one) => one.index === index);
  if (old === undefined) refuse("ItemNotFound");
  const left = has.filter((one) => one !== old);
  return changed(world, withInstances(thing, name, left), { name, ...old });
}

function changed(world: World, thing: Thing, told: Given & { index: number }): Outcome {
  const after = { ...stamped(thing, told, world.now), lastChange: world.now };
  const answer = { id: thing.id, attributes: [told] };
  const family = thing.key && world.families.get(thing.key.family);
  if (told.name !== "Name" || told.index !== 0 || !thing.key || !family) {
    return { answer, put: [after] };
  }
  const renamed = { ...family, name: (told.value as NameValue).nameValue };
  const families = [[thing.key.family, renamed]] as const;
  if (keyNameOf(renamed) === keyNameOf(family)) return { answer, put: [after], families };
  const others = [...world.things.values()].filter(
    (other) => other.key?.family === thing.key?.family && other.id !== thing.id,
  );
  const put = [after, ...others.map((other) => ({ ...other, lastChange: world.now }))];
  return { answer, put, families };
}

function stamped(thing: Thing, { name }: Given, now: bigint): Thing {
  if (thing.key === undefined || name !== "y-Auto Re-key Interval In Days") return thing;
  return { ...thing, key: { ...thing.key, intervalSet: now } };
}
