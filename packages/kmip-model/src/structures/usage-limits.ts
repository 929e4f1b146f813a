import { longInteger, optional, required, structure } from "@akm/ttlv";
import { usageLimitsUnit } from "../enumerations/index.ts";
import { tags } from "../tags.ts";

/** How much a key may protect. KMIP 1.1 §3.21. */
export const usageLimits = structure({
  usageLimitsTotal: required(tags.UsageLimitsTotal, longInteger),
  usageLimitsCount: optional(tags.UsageLimitsCount, longInteger),
  usageLimitsUnit: required(tags.UsageLimitsUnit, usageLimitsUnit),
});
