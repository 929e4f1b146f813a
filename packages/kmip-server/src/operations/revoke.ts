import { operations } from "@akm/kmip-model";
import { handle } from "../handler.ts";
import { revoked } from "../object/lifecycle.ts";

/** Takes a key out of service. KMIP 1.1 §4.20. */
export const revoke = handle(
  operations.Revoke,
  "object",
  async (request, { objects, now, fail }) => {
    const {
      uniqueIdentifier,
      revocationReason: reason,
      compromiseOccurrenceDate: occurredAt,
    } = request;
    const object = await objects.find(uniqueIdentifier);
    if (object.objectType === "Template") fail("IllegalOperation", "a template cannot be revoked");
    const put = [
      { ...object, attributes: revoked(object.attributes, { reason, occurredAt }, now) },
    ];
    return { response: { uniqueIdentifier: object.id }, change: { put }, about: object };
  },
);
