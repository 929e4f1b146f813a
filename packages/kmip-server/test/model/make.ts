import { bytesOf, contradiction, lengthFault, lengthOf, usualLength } from "./judge.ts";
import { type Asking, collectFaults, type Faults, type Outcome, refuse } from "./outcome.ts";
import type { BroughtKey, RequestTo } from "./requests.ts";
import { dates, ruleNamed } from "./rules.ts";
import { judgeGiven, judgeNames, templatesOf, together, withGiven } from "./wanted.ts";
import {
  automaticName,
  instances,
  type KeyPart,
  type NameValue,
  only,
  type Thing,
  type World,
  withAdded,
  withValue,
} from "./world.ts";

// Create and Register.

const emptyThing = (world: World, { person, chosen }: Asking): Thing => ({
  id: chosen,
  owner: person.user,
  initialDate: world.now,
  lastChange: world.now,
  attributes: new Map(),
  next: new Map(),
});

const policyAtFirst: readonly (readonly [string, unknown])[] = [
  ["y-Destroy Permitted", true],
  ["y-Mirrored", false],
  ["y-Auto Re-key Interval In Days", 0],
  ["y-Re-key Permitted", true],
  ["y-Access Check", "ListedUsers"],
];

/** Create: a key of the server's own bytes. KMIP 1.1 §4.1. */
export function create(world: World, request: RequestTo<"Create">, asking: Asking): Outcome {
  const faults = collectFaults();
  if (request.objectType !== "SymmetricKey") faults.add("InvalidField");
  const thing = keyAttributes(world, request, { asking, faults });
  const algorithm = only<string>(thing, "Cryptographic Algorithm");
  if (algorithm === undefined) faults.add("InvalidField");
  const given = only<number>(thing, "Cryptographic Length");
  const length = given ?? usualLength(algorithm ?? "");
  if (algorithm) faults.add(lengthFault(algorithm, length ?? 0));
  faults.end();
  const whole = withValue(thing, "Cryptographic Length", length);
  const key = newKey(world, asking, { format: "Raw", material: asking.material(asking.chosen) });
  return made(whole, key, { objectType: "SymmetricKey" });
}

/** Register: a key or a template that the client brings. KMIP 1.1 §4.3. */
export function register(world: World, request: RequestTo<"Register">, asking: Asking): Outcome {
  if (request.objectType === "SymmetricKey") return registerKey(world, request, asking);
  if (request.objectType === "Template") return registerTemplate(world, request, asking);
  return refuse("InvalidField");
}

function registerKey(world: World, request: RequestTo<"Register">, asking: Asking): Outcome {
  const { key } = request;
  const faults = collectFaults();
  if (key === undefined) refuse(request.contents ? "InvalidField" : "InvalidMessage");
  if (request.contents) faults.add("InvalidField");
  judgeForm(key, faults);
  const thing = keyAttributes(world, request, { asking, faults });
  const [algorithm, length] = algorithmOf(thing, key, faults);
  if (algorithm !== undefined) {
    faults.add(lengthFault(algorithm, length));
    if (bytesOf(algorithm, length) !== key.bytes.length) faults.add("InvalidField");
  }
  faults.end();
  const whole = withValue(
    withValue(thing, "Cryptographic Algorithm", algorithm),
    "Cryptographic Length",
    length,
  );
  const { format, bytes: material } = key;
  return made(whole, newKey(world, asking, { format: format as KeyPart["format"], material }), {});
}

function judgeForm(key: BroughtKey, faults: Faults): void {
  if (key.wrapped) faults.add("FeatureNotSupported");
  if (key.compressed) faults.add("KeyCompressionTypeNotSupported");
  if (key.inside) faults.add("InvalidField");
  if (key.format !== "Raw" && key.format !== "TransparentSymmetricKey") {
    faults.add("KeyFormatTypeNotSupported");
  }
}

/** Algorithm and length by the attributes, the Key Block and the bytes, which must not contradict each other. */
function algorithmOf(thing: Thing, key: BroughtKey, faults: Faults): [string | undefined, number] {
  const wanted = only<string>(thing, "Cryptographic Algorithm");
  const length = only<number>(thing, "Cryptographic Length");
  const differ = (one?: unknown, other?: unknown) =>
    one !== undefined && other !== undefined && one !== other;
  if (differ(wanted, key.algorithm) || differ(length, key.length)) faults.add("InvalidField");
  const algorithm = wanted ?? key.algorithm;
  if (algorithm === undefined) faults.add("InvalidField");
  const bits = length ?? key.length ?? lengthOf(algorithm ?? "", key.bytes.length);
  return [algorithm, bits];
}

/** What a new key has by its request and templates, with what every key has. */
function keyAttributes(
  world: World,
  { wanted }: RequestTo<"Create"> | RequestTo<"Register">,
  { asking, faults }: { asking: Asking; faults: Faults },
): Thing {
  const templates = templatesOf(world, asking, { names: wanted.templates, faults });
  judgeGiven(wanted.attributes, (name) => ruleNamed(name)?.create ?? false, faults);
  judgeNames(world, wanted.attributes, { faults });
  const bare = withGiven(emptyThing(world, asking), together(wanted, templates), faults);
  const thing = policyAtFirst.reduce(
    (so, [name, value]) => (instances(so, name).length > 0 ? so : withValue(so, name, value)),
    bare,
  );
  if (instances(thing, "Cryptographic Usage Mask").length === 0) faults.add("InvalidField");
  faults.add(contradiction(thing, Object.values(dates)));
  return thing;
}

function newKey(
  world: World,
  { person, chosen }: Asking,
  part: Pick<KeyPart, "format" | "material">,
): KeyPart {
  return {
    ...part,
    family: chosen,
    rolled: false,
    current: true,
    intervalSet: world.now,
    users: new Set([person.user]),
    groups: new Set(person.groups),
  };
}

function made(thing: Thing, key: KeyPart, answer: { objectType?: string }): Outcome {
  const automatic = automaticName(thing.id);
  const name = { nameValue: automatic, nameType: "UninterpretedTextString" };
  const named = instances(thing, "Name").length > 0 ? thing : withAdded(thing, "Name", name);
  const [first] = instances(named, "Name");
  const { nameValue } = (first as { value: NameValue }).value;
  return {
    answer: { ...answer, id: thing.id },
    put: [{ ...named, key }],
    families: [[thing.id, { name: nameValue, automatic }]],
    placeholder: thing.id,
  };
}

function registerTemplate(world: World, request: RequestTo<"Register">, asking: Asking): Outcome {
  const { contents, wanted } = request;
  const faults = collectFaults();
  if (contents === undefined) refuse(request.key ? "InvalidField" : "InvalidMessage");
  if (request.key) faults.add("InvalidField");
  const templates = templatesOf(world, asking, { names: wanted.templates, faults });
  const given = together({ ...wanted, attributes: [...wanted.attributes, ...contents] }, templates);
  const inTemplate = (name: string) => name === "Name" || ruleNamed(name)?.role === "content";
  judgeGiven(given, inTemplate, faults);
  judgeNames(world, given, { faults });
  const thing = withGiven(emptyThing(world, asking), given, faults);
  faults.add(contradiction(thing, Object.values(dates)));
  faults.end();
  return { answer: { id: thing.id }, put: [thing], placeholder: thing.id };
}
