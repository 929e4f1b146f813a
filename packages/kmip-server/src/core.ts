import type { OperationName } from "@akm/kmip-model";
import type { Store } from "@akm/store";
import type { Randomness } from "./crypto/index.ts";
import type { Handler } from "./handler.ts";
import type { Log } from "./log.ts";
import type { Material } from "./object/material.ts";
import type { Rows } from "./object/rows.ts";
import type { Policy } from "./policy.ts";
import type { Turns } from "./turns.ts";

/** What a running server consists of; the same for every message. */
export interface Core {
  readonly store: Store;
  readonly rows: Rows;
  readonly material: Material;
  readonly policy: Policy;
  readonly randomness: Randomness;
  /** Makes the identifier of an operation. */
  readonly operationId: () => string;
  readonly log: Log;
  /** The server's own name in audit records. */
  readonly node: string;
  readonly handlers: ReadonlyMap<OperationName, Handler>;
  /** The operations that have a handler. */
  readonly offered: readonly OperationName[];
  /** Lets requests that change the same object take turns once they got into each other's way. */
  readonly turns: Turns;
  /** Waits before an item is run again; tests hand in one that does not. */
  readonly pause: (ms: number) => Promise<void>;
}

/** Server time in seconds since 1970. Throws `StoreError` `Unavailable` where the database's clock is not known. */
export function secondsNow({ store }: Core): bigint {
  return BigInt(Math.floor(store.now() / 1000));
}

/** The Time Stamp of an answer: server time, or where the database's clock is not known the machine's. */
export function timeStampNow(core: Core): bigint {
  try {
    return secondsNow(core);
  } catch {
    return BigInt(Math.floor(Date.now() / 1000));
  }
}
