import { type Asking, collectFaults, type Outcome } from "./outcome.ts";
import { isOwn } from "./read.ts";
import type { Given, RequestTo } from "./requests.ts";
import { dateNames, ruleNamed } from "./rules.ts";
import { sameValue } from "./wire.ts";
import { mayUse, shown, type Thing, type World } from "./world.ts";

// Locate. KMIP 1.1 §4.9.

/** The objects that match, newest first, those of one second by the bytes of their identifiers. */
export function locate(world: World, request: RequestTo<"Locate">, asking: Asking): Outcome {
  judge(request);
  const { maximum, skip = 0, storage, filters } = request;
  const found = isOnLine(storage)
    ? [...world.things.values()].filter(
        (thing) => mayUse(asking.person, thing) && matches(world, thing, filters),
      )
    : [];
  const sorted = found.toSorted(newestFirst).map(({ id }) => id);
  const ids = sorted.slice(skip, maximum === undefined ? undefined : skip + maximum);
  return { answer: { ids }, placeholder: ids.length === 1 ? (ids[0] as string) : "none" };
}

function judge({ filters, maximum, skip, member }: RequestTo<"Locate">): void {
  const faults = collectFaults();
  for (const { name, value } of filters) {
    const unknownPolicy = name === "Operation Policy Name" && value !== "default";
    const dates = filters.filter((other) => other.name === name && dateNames.has(name));
    if (ruleNamed(name) === undefined || unknownPolicy || dates.length > 2) {
      faults.add("InvalidField");
    }
  }
  if ((maximum ?? 1) < 1 || (skip ?? 0) < 0 || member !== undefined) faults.add("InvalidField");
  faults.end();
}

function isOnLine(storage: readonly string[] | undefined): boolean {
  return storage === undefined || storage.includes("OnLineStorage");
}

function newestFirst(one: Thing, other: Thing): number {
  if (one.initialDate !== other.initialDate) return one.initialDate > other.initialDate ? -1 : 1;
  return Buffer.compare(Buffer.from(one.id), Buffer.from(other.id));
}

function matches(world: World, thing: Thing, filters: readonly Given[]): boolean {
  const all = shown(world, thing);
  return filters.every(({ name, value }) => {
    if (thing.key === undefined && !isOwn(name)) return false;
    const range = filters.filter((other) => other.name === name);
    const fits =
      dateNames.has(name) && range.length === 2
        ? within(range[0]?.value as bigint, range[1]?.value as bigint)
        : (one: unknown) => agrees(name, one, value);
    return (all.get(name) ?? []).some((one) => fits(one.value));
  });
}

const within = (one: bigint, other: bigint) => (value: unknown) => {
  const date = value as bigint;
  return one <= other ? one <= date && date <= other : other <= date && date <= one;
};

/** Whether a value is what a filter asks for: all bits of a mask, the fields that are given, else the same. */
function agrees(name: string, value: unknown, wanted: unknown): boolean {
  if (name === "Cryptographic Usage Mask") {
    return (wanted as readonly string[]).every((bit) => (value as readonly string[]).includes(bit));
  }
  const isStructure = !name.startsWith("x-") && wanted !== null && typeof wanted === "object";
  if (!isStructure || wanted instanceof Uint8Array) return sameValue(name, value, wanted);
  return Object.entries(wanted).every(
    ([field, text]) => (value as Record<string, unknown>)[field] === text,
  );
}
