import { interval, longInteger, optional, textString } from "@akm/ttlv";
import { cryptographicUsageMask } from "../enumerations/index.ts";
import { operation } from "../operation.ts";
import { tags } from "../tags.ts";

/** KMIP 1.1 §4.10. Its refusal is the one that carries a payload. */
export const Check = operation({
  name: "Check",
  code: 0x09,
  spec: "KMIP 1.1 §4.10",
  summary: "Tells whether the client may use a key in the way that it names.",
  request: {
    uniqueIdentifier: optional(tags.UniqueIdentifier, textString),
    usageLimitsCount: optional(tags.UsageLimitsCount, longInteger),
    cryptographicUsageMask: optional(tags.CryptographicUsageMask, cryptographicUsageMask),
    leaseTime: optional(tags.LeaseTime, interval),
  },
  response: {
    uniqueIdentifier: optional(tags.UniqueIdentifier, textString),
    usageLimitsCount: optional(tags.UsageLimitsCount, longInteger),
    cryptographicUsageMask: optional(tags.CryptographicUsageMask, cryptographicUsageMask),
    leaseTime: optional(tags.LeaseTime, interval),
  },
  fails: ["ItemNotFound", "IllegalOperation"],
});
