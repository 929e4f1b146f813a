import { contradiction } from "./judge.ts";
import { type Asking, collectFaults, type Faults, type Outcome, refuse } from "./outcome.ts";
import type { Given, RequestTo } from "./requests.ts";
import { dates, ruleNamed } from "./rules.ts";
import { judgeGiven, judgeNames, templatesOf, together, withGiven } from "./wanted.ts";
import {
  instances,
  type KeyPart,
  only,
  stateOf,
  type Thing,
  type World,
  withAdded,
  withInstances,
  withValue,
} from "./world.ts";

// Re-key, asked for or by the interval. KMIP 1.1 §4.4; AKM guide, chapters 2 and 5.

/** Re-key: the next instance of a key. */
export function reKey(
  world: World,
  old: Thing,
  { request, asking }: { request: RequestTo<"ReKey">; asking: Asking },
): Outcome {
  const { key } = old;
  if (key === undefined) return refuse("PermissionDenied", "IllegalOperation");
  const faults = collectFaults();
  if (key.rolled || only<boolean>(old, "y-Re-key Permitted") === false) {
    faults.add("PermissionDenied");
  }
  const given = givenFor(world, request, { asking, faults });
  judgeOffset(old, request, { given, faults });
  const { administrator, user } = asking.person;
  const accessCheck = given.find(({ name }) => name === "y-Access Check");
  const isOther = accessCheck && accessCheck.value !== only(old, "y-Access Check");
  if (isOther && !administrator && user !== old.owner) faults.add("PermissionDenied");
  for (const name of ["Cryptographic Algorithm", "Cryptographic Length"]) {
    const wanted = given.find((one) => one.name === name);
    if (wanted && wanted.value !== only(old, name)) faults.add("InvalidField");
  }
  judgeNames(world, given, { faults, family: key.family });
  const next = replacement(world, old, { request, asking, given, faults });
  faults.add(
    contradiction(
      next,
      given.map(({ name }) => name),
    ),
  );
  faults.end();
  return rolled(world, old, next);
}

function givenFor(
  world: World,
  { wanted = { templates: [], attributes: [] } }: RequestTo<"ReKey">,
  { asking, faults }: { asking: Asking; faults: Faults },
): readonly Given[] {
  const templates = templatesOf(world, asking, { names: wanted.templates, faults });
  judgeGiven(wanted.attributes, (name) => ruleNamed(name)?.create ?? false, faults);
  return together(wanted, templates);
}

function judgeOffset(
  old: Thing,
  { offset }: RequestTo<"ReKey">,
  { given, faults }: { given: readonly Given[]; faults: Faults },
): void {
  if (offset === undefined) return;
  const names: readonly string[] = Object.values(dates);
  if (given.some(({ name }) => names.includes(name))) faults.add("InvalidMessage");
  if (instances(old, dates.activation).length === 0) faults.add("IllegalOperation");
}

/** Once for all time, never the replacement's. */
const left: ReadonlySet<string> = new Set([
  "Link",
  "Compromise Date",
  "Compromise Occurrence Date",
  "Revocation Reason",
]);

function replacement(
  world: World,
  old: Thing,
  how: {
    request: RequestTo<"ReKey">;
    asking: Asking;
    given: readonly Given[];
    faults: Faults;
  },
): Thing {
  const { request, asking, given, faults } = how;
  const named = new Set(given.map(({ name }) => name));
  const inherited = [...old.attributes].flatMap(([name, list]) =>
    left.has(name) || (named.has(name) && name !== "Name")
      ? []
      : list.map(({ value }) => ({ name, value })),
  );
  const bare: Thing = {
    id: asking.chosen,
    owner: old.owner,
    initialDate: world.now,
    lastChange: world.now,
    attributes: new Map(),
    next: new Map(),
    key: {
      ...(old.key as KeyPart),
      material: asking.material(asking.chosen),
      rolled: false,
      current: true,
      intervalSet: world.now,
    },
  };
  const link = { linkType: "ReplacedObjectLink", linkedObjectIdentifier: old.id };
  const moved = shifted(world, withAll(bare, inherited), request.offset);
  return withAdded(withGiven(moved, given, faults), "Link", link);
}

function withAll(thing: Thing, all: readonly Given[]): Thing {
  return all.reduce((so, { name, value }) => withAdded(so, name, value), thing);
}

/** By an Offset the dates move with the Activation Date, which is so far from now. KMIP 1.1 §4.4, table 127. */
function shifted(world: World, thing: Thing, offset: number | undefined): Thing {
  const before = only<bigint>(thing, dates.activation);
  if (offset === undefined || before === undefined) return thing;
  const by = world.now + BigInt(offset) - before;
  return Object.values(dates).reduce((so, name) => {
    const date = only<bigint>(so, name);
    return date === undefined ? so : withValue(so, name, date + by);
  }, thing);
}

function rolled(world: World, old: Thing, next: Thing): Outcome {
  const link = { linkType: "ReplacementObjectLink", linkedObjectIdentifier: next.id };
  const rest = withLink(withInstances(old, "Name", []), link);
  const key: KeyPart = { ...(old.key as KeyPart), rolled: true, current: false };
  return {
    answer: { id: next.id },
    put: [{ ...rest, key, lastChange: world.now }, next],
    placeholder: next.id,
  };
}

/** An object has one Replacement Object Link at the most: the server's takes the place of a client's. KMIP 1.1 §3.35. */
function withLink(thing: Thing, link: { linkType: string }): Thing {
  const links = instances(thing, "Link");
  const isSame = ({ value }: { value: unknown }) =>
    (value as typeof link).linkType === link.linkType;
  const stale = links.find(isSame);
  if (stale === undefined) return withAdded(thing, "Link", link);
  const list = links.map((one) => (one === stale ? { index: one.index, value: link } : one));
  return withInstances(thing, "Link", list);
}

const day = 86_400n;

/** The keys that the server rolls by itself by now, oldest first, with the Offset by which each is asked for. */
export function dueToRoll(world: World): readonly { thing: Thing; offset?: number }[] {
  return [...world.things.values()].flatMap((thing) => {
    const { key } = thing;
    const days = only<number>(thing, "y-Auto Re-key Interval In Days") ?? 0;
    const state = stateOf(thing, world.now);
    if (!key?.current || days === 0 || (state !== "PreActive" && state !== "Active")) return [];
    const from = thing.initialDate + BigInt(days) * day;
    const later = from > key.intervalSet ? from : key.intervalSet;
    const midnight = (later / day + 1n) * day;
    if (midnight > world.now) return [];
    return [state === "Active" ? { thing, offset: 0 } : { thing }];
  });
}
