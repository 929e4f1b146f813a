import { KmipError, v1_1 } from "@akm/kmip-model";
import { type OwnAct, ownRecord } from "../audit.ts";
import { type Change, changeSetOf } from "../change.ts";
import { type Attempt, commit } from "../commit.ts";
import { type Asking, contextFor } from "../context.ts";
import type { Core } from "../core.ts";
import type { Context } from "../handler.ts";
import { noAttributes } from "../object/attribute-set.ts";
import { stateAt } from "../object/lifecycle.ts";
import type { KeyFamily, ManagedObject } from "../object/managed-object.ts";
import { roll } from "../re-key/roll.ts";
import { serverSession } from "../session.ts";

/** How a key ended that was proposed as due: `passed` where its own row says that it is not. */
export type FamilyEnd = "rolled" | "refused" | "passed";

/**
 * Rolls a key if it is due, once, however many servers try: the version of its family lets one of them through. A key
 * that cannot be rolled is not due any more, until its interval is set again.
 *
 * @throws OutcomeUnknown; CryptoError where a row was altered; `Error` where the store cannot
 */
export async function rollFamily(core: Core, familyId: string): Promise<FamilyEnd> {
  return await commit(core, () => attemptToRoll(core, familyId));
}

const asking: Asking = { session: serverSession, edition: v1_1, placeholder: undefined };

async function attemptToRoll(core: Core, familyId: string): Promise<Attempt<FamilyEnd>> {
  const context = contextFor(core, asking);
  const row = (await core.store.readKeys([familyId])).get(familyId);
  const family = row && core.rows.readFamily(row);
  if (family === undefined || family.dueAt === null || family.dueAt > context.now)
    return { result: "passed" };
  const { change, end, act } = await turnOf(family, core, context);
  const audit = ownRecord(core, { operation: "ReKey", keyName: family.keyName, ...act });
  return { result: end, changeSet: changeSetOf(change, audit, { ...core, now: context.now }) };
}

interface Turn {
  readonly change: Change;
  readonly end: FamilyEnd;
  readonly act: Pick<OwnAct, "instance" | "result">;
}

async function turnOf(family: KeyFamily, { log }: Core, context: Context): Promise<Turn> {
  try {
    const old = await currentOf(family, context);
    const reKeying = { given: noAttributes, offset: offsetFor(old, context.now) };
    const { replacement, change } = await roll({ old, family }, reKeying, context);
    return { change, end: "rolled", act: { instance: replacement.id, result: "Success" } };
  } catch (error) {
    if (!(error instanceof KmipError)) throw error;
    const { reason, message } = error;
    log("warn", "auto-re-key.refused", { keyName: family.keyName, reason, why: message });
    const instance = family.current ?? family.id;
    const change = { putFamilies: [{ ...family, dueAt: null }] };
    return { change, end: "refused", act: { instance, result: reason } };
  }
}

async function currentOf(
  { current, keyName }: KeyFamily,
  { objects }: Context,
): Promise<ManagedObject> {
  const object = current === null ? undefined : await objects.visible(current);
  if (object !== undefined) return object;
  throw new KmipError("ItemNotFound", `${keyName} has no current instance`);
}

/** An Active key's successor goes into service at once, a Pre-Active key's when that one would have. */
function offsetFor({ attributes }: ManagedObject, now: bigint): number | undefined {
  const state = stateAt(attributes, now);
  if (state === "Active") return 0;
  if (state === "PreActive") return undefined;
  throw new KmipError("PermissionDenied", `the key is ${state}: only others roll by themselves`);
}
