import { type Edition, KmipError, type ResultReason } from "@akm/kmip-model";
import { type Core, secondsNow } from "./core.ts";
import type { FullContext } from "./handler.ts";
import { objectsFor } from "./objects.ts";
import type { Session } from "./session.ts";

/** For whom a handler runs. */
export interface Asking {
  readonly session: Session;
  readonly edition: Edition;
  /** The message's ID Placeholder at this moment. */
  readonly placeholder: string | undefined;
}

/** What a handler may use, at this moment. */
export function contextFor(core: Core, { session, edition, placeholder }: Asking): FullContext {
  const { policy, material, randomness, offered } = core;
  return {
    session,
    now: secondsNow(core),
    edition,
    policy,
    objects: objectsFor(core, session, placeholder),
    material,
    randomness,
    offered,
    fail,
  };
}

function fail(reason: ResultReason, text: string): never {
  throw new KmipError(reason, text);
}
