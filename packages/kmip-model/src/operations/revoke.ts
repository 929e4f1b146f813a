import { dateTime, optional, required, textString } from "@akm/ttlv";
import { operation } from "../operation.ts";
import { revocationReason } from "../structures/index.ts";
import { tags } from "../tags.ts";

/** KMIP 1.1 §4.20. */
export const Revoke = operation({
  name: "Revoke",
  code: 0x13,
  spec: "KMIP 1.1 §4.20",
  summary: "Takes a key out of service: Compromised for a compromise, Deactivated otherwise.",
  request: {
    uniqueIdentifier: optional(tags.UniqueIdentifier, textString),
    revocationReason: required(tags.RevocationReason, revocationReason),
    compromiseOccurrenceDate: optional(tags.CompromiseOccurrenceDate, dateTime),
  },
  response: { uniqueIdentifier: required(tags.UniqueIdentifier, textString) },
  fails: ["ItemNotFound", "IllegalOperation"],
});
