import { auditCases } from "./contract/audit.ts";
import type { ContractCase } from "./contract/case.ts";
import { claimCases } from "./contract/claims.ts";
import { findCases } from "./contract/find.ts";
import { rowCases } from "./contract/rows.ts";
import { sharingCases } from "./contract/sharing.ts";

export type { ContractCase } from "./contract/case.ts";

/** What every store must do; any runner walks it, with an empty store for each case. */
export const contract: readonly ContractCase[] = [
  ...rowCases,
  ...claimCases,
  ...findCases,
  ...auditCases,
  ...sharingCases,
];
