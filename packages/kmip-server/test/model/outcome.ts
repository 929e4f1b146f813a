import type { Family, Instance, Person, Thing, World } from "./world.ts";

// What comes of a request: a refusal with the reasons that may be given for it, or an answer and a change.

/** A refusal. Where the texts do not say which of several faults is named, any of them may be. */
export class Refusal extends Error {
  readonly reasons: ReadonlySet<string>;
  /** The one refusal that has an answer too: the mask that Check denies. */
  readonly mask: readonly string[] | undefined;

  constructor(reasons: Iterable<string>, mask?: readonly string[]) {
    const all = new Set(reasons);
    super([...all].join(" or "));
    this.reasons = all;
    this.mask = mask;
  }
}

/** Refuses at once. */
export function refuse(...reasons: readonly string[]): never {
  throw new Refusal(reasons);
}

/** Collects faults none of which goes before the others; `end` refuses where there are any. */
export interface Faults {
  add(reason: string | undefined): void;
  end(): void;
}

/** No faults yet. */
export function collectFaults(): Faults {
  const reasons = new Set<string>();
  return {
    add(reason) {
      if (reason !== undefined) reasons.add(reason);
    },
    end() {
      if (reasons.size > 0) throw new Refusal(reasons);
    },
  };
}

/** An attribute instance in an answer. */
export type Told = Instance & { readonly name: string };

/** What an answer says, whatever the operation. */
export interface Answer {
  readonly id?: string;
  readonly objectType?: string;
  readonly attributes?: readonly Told[];
  readonly names?: readonly string[];
  readonly ids?: readonly string[];
  readonly mask?: readonly string[];
  readonly key?: { format: string; bytes: Uint8Array; algorithm: unknown; length: unknown };
  readonly contents?: readonly Told[];
  readonly versions?: readonly (readonly [number, number])[];
  readonly query?: { operations: string[]; objectTypes: string[]; vendor: string | undefined };
}

/** What a request comes to where it is not refused. */
export interface Outcome {
  readonly answer: Answer;
  readonly put?: readonly Thing[];
  readonly drop?: readonly string[];
  readonly families?: readonly (readonly [string, Family | undefined])[];
  /** The identifier that the placeholder holds from now on, or that it holds none. */
  readonly placeholder?: string | "none";
}

/** Who asks, at which edition, and what the server chose by chance. */
export interface Asking {
  readonly person: Person;
  readonly edition: number;
  readonly placeholder: string | undefined;
  /** The identifier that the server gave to what this request makes. */
  readonly chosen: string;
  /** The bytes that it made, where somebody has seen them. */
  readonly material: (id: string) => Uint8Array | undefined;
}

/** Takes an outcome into the world. */
export function apply(world: World, { put = [], drop = [], families = [] }: Outcome): void {
  for (const thing of put) {
    if (!world.known.includes(thing.id)) world.known.push(thing.id);
    world.things.set(thing.id, thing);
  }
  for (const id of drop) world.things.delete(id);
  for (const [id, family] of families) {
    if (family) world.families.set(id, family);
    else world.families.delete(id);
  }
}
