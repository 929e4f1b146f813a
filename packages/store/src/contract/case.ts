import type { Store } from "../store.ts";

/** One promise of the port. */
export interface ContractCase {
  /** A sentence, to be the title of a test. */
  readonly title: string;
  /** Holds the store to the promise; the store must be empty and open. Throws an `AssertionError` where it is broken. */
  check(store: Store): Promise<void>;
}
