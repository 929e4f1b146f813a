import { faultOf } from "./judge.ts";
import type { Asking, Faults } from "./outcome.ts";
import type { Given, Wanted } from "./requests.ts";
import { ruleNamed } from "./rules.ts";
import {
  instances,
  isUsed,
  mayUse,
  type NameValue,
  type Thing,
  type World,
  withAdded,
} from "./world.ts";

// What a new object is asked to have: the request and its templates taken together.

/** The templates that a request names, in its order. */
export function templatesOf(
  world: World,
  { person }: Asking,
  { names, faults }: { names: readonly string[]; faults: Faults },
): readonly Thing[] {
  return names.flatMap((name) => {
    const found = [...world.things.values()].find(
      (thing) =>
        thing.key === undefined &&
        mayUse(person, thing) &&
        instances(thing, "Name").some(({ value }) => (value as NameValue).nameValue === name),
    );
    if (found === undefined) faults.add("ItemNotFound");
    return found ? [found] : [];
  });
}

/** What templates hand on: everything but their names. KMIP 1.1 §2.2.6. */
export function handedOn(templates: readonly Thing[]): readonly Given[] {
  const all = templates.flatMap((template) =>
    [...template.attributes].flatMap(([name, list]) =>
      ruleNamed(name)?.role === "content" ? list.map(({ value }) => ({ name, value })) : [],
    ),
  );
  const last = new Map(all.map((given) => [given.name, given]));
  return all.filter((given) => ruleNamed(given.name)?.many || last.get(given.name) === given);
}

/** Notes what is wrong with attributes that a request gives for a new object. */
export function judgeGiven(
  given: readonly Given[],
  allowed: (name: string) => boolean,
  faults: Faults,
): void {
  const seen = new Set<string>();
  for (const { name, value } of given) {
    if (!allowed(name)) {
      faults.add("InvalidField");
      continue;
    }
    if (seen.has(name) && !ruleNamed(name)?.many) faults.add("InvalidField");
    seen.add(name);
    faults.add(faultOf(name, value));
  }
}

/** The request over its templates: single ones replace, of several all are taken, its own first. KMIP 1.1 §4.2. */
export function together(wanted: Wanted, templates: readonly Thing[]): readonly Given[] {
  const named = new Set(wanted.attributes.map(({ name }) => name));
  const kept = handedOn(templates).filter(({ name }) => ruleNamed(name)?.many || !named.has(name));
  return [...wanted.attributes, ...kept];
}

/** The thing with these attributes beside those that it has. An index that is not the one it gets is a fault. */
export function withGiven(thing: Thing, given: readonly Given[], faults: Faults): Thing {
  return given.reduce((so, { name, index, value }) => {
    const after = withAdded(so, name, value);
    const gets = instances(after, name).at(-1)?.index;
    if (index !== undefined && index !== 0 && index !== gets) faults.add("InvalidField");
    return after;
  }, thing);
}

/** Notes names that are taken, or that stand twice. */
export function judgeNames(
  world: World,
  given: readonly Given[],
  { faults, family }: { faults: Faults; family?: string },
): void {
  const names = given
    .filter(({ name }) => name === "Name")
    .map(({ value }) => (value as NameValue).nameValue);
  if (new Set(names).size < names.length) faults.add("InvalidField");
  const by = family === undefined ? {} : { family };
  if (names.some((name) => isUsed(world, name, by))) faults.add("InvalidField");
}
