import { auditCases } from "./contract/audit.ts";
import { claimCases } from "./contract/claims.ts";
import { findCases } from "./contract/find.ts";
import { rowCases } from "./contract/rows.ts";
import { sharingCases } from "./contract/sharing.ts";
import type { Store } from "./store.ts";

/** One promise of the port. */
export interface ContractCase {
  /** A sentence, to be the title of a test. */
  readonly title: string;
  /** Holds the store to the promise; the store must be empty and open. Throws an `AssertionError` where it is broken. */
  check(store: Store): Promise<void>;
}

/** What every store must do; any runner walks it, with an empty store for each case. */
export const contract: readonly ContractCase[] = [
  ...rowCases,
  ...claimCases,
  ...findCases,
  ...auditCases,
  ...sharingCases,
];
