import { collectFaults, type Outcome, Refusal, refuse } from "./outcome.ts";
import type { RequestTo } from "./requests.ts";
import { only, stateOf, type Thing, type World, withValue } from "./world.ts";

// Activate, Revoke, Destroy and Check. KMIP 1.1 §3.22.

/** Activate. KMIP 1.1 §4.19. */
export function activate(world: World, thing: Thing): Outcome {
  if (thing.key === undefined) refuse("IllegalOperation");
  if (stateOf(thing, world.now) !== "PreActive") refuse("PermissionDenied");
  return stamped(world, withValue(thing, "Activation Date", world.now));
}

/** Revoke. KMIP 1.1 §4.20. */
export function revoke(world: World, thing: Thing, request: RequestTo<"Revoke">): Outcome {
  if (thing.key === undefined) refuse("IllegalOperation");
  const { code, text, occurred = thing.initialDate } = request;
  const state = stateOf(thing, world.now);
  const reason = {
    revocationReasonCode: code,
    ...(text === undefined ? {} : { revocationMessage: text }),
  };
  const reasoned = withValue(thing, "Revocation Reason", reason);
  if (code === "KeyCompromise" || code === "CACompromise") {
    if (state === "Compromised") refuse("IllegalOperation");
    const since = withValue(reasoned, "Compromise Occurrence Date", occurred);
    return stamped(world, withValue(since, "Compromise Date", world.now));
  }
  if (state !== "Active") refuse("IllegalOperation");
  return stamped(world, withValue(reasoned, "Deactivation Date", world.now));
}

function stamped(world: World, thing: Thing): Outcome {
  return { answer: { id: thing.id }, put: [{ ...thing, lastChange: world.now }] };
}

/** Destroy. KMIP 1.1 §4.21. */
export function destroy(world: World, thing: Thing): Outcome {
  const { key } = thing;
  const answer = { id: thing.id };
  if (key === undefined) return { answer, drop: [thing.id] };
  const faults = collectFaults();
  if (stateOf(thing, world.now) === "Active") faults.add("PermissionDenied");
  if (only<boolean>(thing, "y-Destroy Permitted") === false) faults.add("PermissionDenied");
  faults.end();
  const last = [...world.things.values()].every(
    (other) => other.id === thing.id || other.key?.family !== key.family,
  );
  return { answer, drop: [thing.id], families: last ? [[key.family, undefined]] : [] };
}

const processing: ReadonlySet<string> = new Set([
  "Verify",
  "Decrypt",
  "UnwrapKey",
  "MACVerify",
  "ValidateCryptogram",
  "TranslateDecrypt",
  "TranslateUnwrap",
]);

/** Check. KMIP 1.1 §4.10. */
export function check(world: World, thing: Thing, { mask = [] }: RequestTo<"Check">): Outcome {
  if (thing.key === undefined) refuse("IllegalOperation");
  if (mask.every((bit) => mayDo(world, thing, bit))) return { answer: { id: thing.id } };
  throw new Refusal(["PermissionDenied"], mask);
}

function mayDo(world: World, thing: Thing, bit: string): boolean {
  const allowed = only<readonly string[]>(thing, "Cryptographic Usage Mask") ?? [];
  const state = stateOf(thing, world.now);
  if (!allowed.includes(bit) || state === "PreActive") return false;
  if (processing.has(bit)) {
    return (only<bigint>(thing, "Process Start Date") ?? world.now) <= world.now;
  }
  const stop = only<bigint>(thing, "Protect Stop Date") ?? world.now;
  return state === "Active" && stop >= world.now;
}
