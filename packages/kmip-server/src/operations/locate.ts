import { operations } from "@akm/kmip-model";
import { handle } from "../handler.ts";
import { hits } from "../locate/hits.ts";
import { readFilters } from "../locate/read-filters.ts";

/**
 * Finds the objects that the asker may see and whose attributes match all filters, newest first. A single hit goes into
 * the ID Placeholder, any other number empties it. KMIP 1.1 §4.9.
 */
export const locate = handle(operations.Locate, "nothing", async (request, context) => {
  const { maximumItems: most, offsetItems: offset = 0, storageStatusMask } = request;
  const { fail, edition } = context;
  if (request.objectGroupMember !== undefined)
    fail("InvalidField", "Object Group Member is not supported: no object is Fresh here");
  if (most !== undefined && most < 1) fail("InvalidField", `Maximum Items is ${most}, below 1`);
  if (offset < 0) fail("InvalidField", `Offset Items is ${offset}, below 0`);
  const question = readFilters(request, edition);
  const isOnLine = storageStatusMask?.includes("OnLineStorage") ?? true;
  const uniqueIdentifier = isOnLine ? await hits(question, { offset, most }, context) : [];
  const [first = null, second] = uniqueIdentifier;
  return { response: { uniqueIdentifier }, placeholder: second === undefined ? first : null };
});
