import { addAttribute, deleteAttribute, modifyAttribute } from "./change.ts";
import { faultOf } from "./judge.ts";
import { activate, check, destroy, revoke } from "./life.ts";
import { locate } from "./locate.ts";
import { create, register } from "./make.ts";
import { type Asking, type Outcome, refuse } from "./outcome.ts";
import { reKey } from "./re-key.ts";
import {
  discoverVersions,
  get,
  getAttributeList,
  getAttributes,
  isRepeating,
  query,
} from "./read.ts";
import type { Given, Request } from "./requests.ts";
import { ruleNamed } from "./rules.ts";
import { mayUse, type Thing, type World } from "./world.ts";

/**
 * What a request comes to. Changes nothing: the outcome says what changes.
 *
 * @throws Refusal
 */
export function perform(world: World, request: Request, asking: Asking): Outcome {
  switch (request.op) {
    case "Create":
      return create(world, request, asking);
    case "Register":
      return register(world, request, asking);
    case "Locate":
      return locate(world, request, asking);
    case "Query":
      return query(request, asking.edition);
    case "DiscoverVersions":
      return discoverVersions(request);
    default:
      return onThing({ world, thing: thingFor(world, request, asking), asking }, request);
  }
}

/** The thing that is asked for. What is wrong with the request by itself may be told before, or instead. */
function thingFor(world: World, request: OnThing, asking: Asking): Thing {
  const thing = world.things.get(request.id ?? asking.placeholder ?? "");
  if (thing === undefined) return refuse("ItemNotFound", ...faultsIn(request, asking));
  if (mayUse(asking.person, thing)) return thing;
  return refuse("PermissionDenied", ...faultsIn(request, asking));
}

/** The faults of a request whatever the object. */
function faultsIn(request: OnThing, { edition }: Asking): readonly string[] {
  switch (request.op) {
    case "GetAttributes":
      return isRepeating(request.names, edition) ? ["InvalidMessage"] : [];
    case "AddAttribute":
    case "ModifyAttribute":
      return faultsOf(request.given);
    case "DeleteAttribute":
      return ruleNamed(request.name) ? [] : ["PermissionDenied"];
    case "ReKey":
      return (request.wanted?.attributes ?? []).flatMap(faultsOf);
    default:
      return [];
  }
}

function faultsOf({ name, value }: Given): readonly string[] {
  if (ruleNamed(name) === undefined) return ["PermissionDenied", "InvalidField"];
  const fault = faultOf(name, value);
  return fault === undefined ? [] : [fault];
}

type OnThing = Exclude<
  Request,
  { op: "Create" | "Register" | "Locate" | "Query" | "DiscoverVersions" }
>;

function onThing(
  { world, thing, asking }: { world: World; thing: Thing; asking: Asking },
  request: OnThing,
): Outcome {
  switch (request.op) {
    case "ReKey":
      return reKey(world, thing, { request, asking });
    case "Check":
      return check(world, thing, request);
    case "Get":
      return get(world, thing, request);
    case "GetAttributes":
      return getAttributes(world, thing, { request, asking });
    case "GetAttributeList":
      return getAttributeList(world, thing);
    case "AddAttribute":
      return addAttribute({ world, thing, asking }, request);
    case "ModifyAttribute":
      return modifyAttribute({ world, thing, asking }, request);
    case "DeleteAttribute":
      return deleteAttribute({ world, thing, asking }, request);
    case "Activate":
      return activate(world, thing);
    case "Revoke":
      return revoke(world, thing, request);
    case "Destroy":
      return destroy(world, thing);
  }
}
