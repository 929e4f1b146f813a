import type { ValueOf } from "@akm/ttlv";
import type { state } from "./enumerations/index.ts";

/** The name of a State. KMIP 1.1 §3.22. */
export type State = ValueOf<typeof state>;

/** What a condition may look at beside the value. */
export interface Subject {
  /** The object's computed state, `undefined` for templates. */
  readonly state: State | undefined;
  /** The index of the instance, 0 where there is but one. */
  readonly index: number;
}

/** When a rule holds: a sentence for the docs, a predicate for the server. */
export interface Condition<T = unknown> {
  readonly text: string;
  /** @param current  the instance's value, `undefined` where it has none  @param now  seconds since 1970 */
  holds(subject: Subject, current: T | undefined, now: bigint): boolean;
}

/** No condition. */
export const always: Condition = { text: "always", holds: () => true };

/** The first name of a key stays: it is what the key is called. AKM guide, note 4. */
export const exceptAtIndex0: Condition = {
  text: "at indices from 1 on",
  holds: ({ index }) => index !== 0,
};

/** Before the key went into service. KMIP 1.1 §3.24. */
export const whilePreActive: Condition = {
  text: "while Pre-Active",
  holds: ({ state }) => state === "PreActive",
};

/** As long as the key may still protect something one day. KMIP 1.1 §3.27. */
export const whilePreActiveOrActive: Condition = {
  text: "while Pre-Active or Active",
  holds: ({ state }) => state === "PreActive" || state === "Active",
};

/** Dates that are fixed once they have come. KMIP 1.1 §3.25, §3.26. */
export const untilReached: Condition<bigint> = {
  text: "while Pre-Active or Active, and until the date itself is reached",
  holds: (subject, current, now) =>
    whilePreActiveOrActive.holds(subject, undefined, now) &&
    (current === undefined || current > now),
};
