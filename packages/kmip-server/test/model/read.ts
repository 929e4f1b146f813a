import {
  type Answer,
  type Asking,
  collectFaults,
  type Outcome,
  refuse,
  type Told,
} from "./outcome.ts";
import type { RequestTo, Version } from "./requests.ts";
import { ruleNamed } from "./rules.ts";
import { only, shown, type Thing, type World } from "./world.ts";

// What only reads: Get, Get Attributes, Get Attribute List, Query, Discover Versions.

/** Get. KMIP 1.1 §4.11. */
export function get(_: World, thing: Thing, request: RequestTo<"Get">): Outcome {
  const faults = collectFaults();
  if (request.wrapped) faults.add("FeatureNotSupported");
  if (request.compressed) faults.add("KeyCompressionTypeNotSupported");
  const { format = thing.key?.format ?? "Raw" } = request;
  if (thing.key && !["Raw", "TransparentSymmetricKey", "Opaque"].includes(format)) {
    faults.add("KeyFormatTypeNotSupported");
  }
  faults.end();
  if (thing.key === undefined) return { answer: gotTemplate(thing) };
  const key = {
    format,
    bytes: thing.key.material ?? new Uint8Array(),
    algorithm: only(thing, "Cryptographic Algorithm"),
    length: only(thing, "Cryptographic Length"),
  };
  return { answer: { id: thing.id, objectType: "SymmetricKey", key } };
}

/** A template's contents; its own attributes where it has none, since the structure holds one at least. */
function gotTemplate(thing: Thing): Answer {
  const all = told(thing.attributes);
  const contents = all.filter(({ name }) => !isOwn(name));
  const own = [
    ...all,
    { name: "Initial Date", index: 0, value: thing.initialDate },
    { name: "Last Change Date", index: 0, value: thing.lastChange },
  ];
  return {
    id: thing.id,
    objectType: "Template",
    contents: contents.length > 0 ? contents : own,
  };
}

function told(all: Thing["attributes"]): readonly Told[] {
  return [...all].flatMap(([name, list]) => list.map((one) => ({ ...one, name })));
}

/** Get Attributes. KMIP 1.1 §4.12. */
export function getAttributes(
  world: World,
  thing: Thing,
  { request, asking }: { request: RequestTo<"GetAttributes">; asking: Asking },
): Outcome {
  const { names } = request;
  if (isRepeating(names, asking.edition)) refuse("InvalidMessage");
  const all = told(shown(world, thing));
  const attributes = names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
  return { answer: { id: thing.id, attributes } };
}

/** Whether a name stands twice where it may not: 1.0 has no such rule. */
export function isRepeating(names: readonly string[], edition: number): boolean {
  return edition > 10 && new Set(names).size < names.length;
}

/** Get Attribute List. KMIP 1.1 §4.13. */
export function getAttributeList(world: World, thing: Thing): Outcome {
  return { answer: { id: thing.id, names: [...shown(world, thing).keys()] } };
}

const offered = [
  "Create",
  "Register",
  "ReKey",
  "Locate",
  "Check",
  "Get",
  "GetAttributes",
  "GetAttributeList",
  "AddAttribute",
  "ModifyAttribute",
  "DeleteAttribute",
  "Activate",
  "Revoke",
  "Destroy",
  "Query",
  "DiscoverVersions",
] as const;

/** Query. KMIP 1.1 §4.25. */
export function query({ functions }: RequestTo<"Query">, edition: number): Outcome {
  const asked = (name: string) => functions.includes(name);
  const operations = offered.filter((name) => edition > 10 || name !== "DiscoverVersions");
  return {
    answer: {
      query: {
        operations: asked("QueryOperations") ? operations : [],
        objectTypes: asked("QueryObjects") ? ["SymmetricKey", "Template"] : [],
        vendor: asked("QueryServerInformation") ? "akm" : undefined,
      },
    },
  };
}

const served: readonly Version[] = [
  [1, 1],
  [1, 0],
];

/** Discover Versions. KMIP 1.1 §4.26. */
export function discoverVersions({ versions }: RequestTo<"DiscoverVersions">): Outcome {
  const isListed = ([major, minor]: Version) =>
    versions.length === 0 || versions.some(([a, b]) => a === major && b === minor);
  return { answer: { versions: served.filter(isListed) } };
}

/** Whether an attribute shows on a template as one of its own. */
export function isOwn(name: string): boolean {
  return ruleNamed(name)?.role === "own";
}
