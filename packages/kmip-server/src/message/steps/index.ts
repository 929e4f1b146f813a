import type { RequestHeader } from "@akm/kmip-model";
import type { Policy } from "../../policy.ts";
import { type Incoming, readHeader } from "../incoming.ts";
import { authenticate } from "./authenticate.ts";
import { countBatch } from "./count-batch.ts";
import { identifyItems } from "./identify-items.ts";
import { serveVersion } from "./serve-version.ts";
import { stopOnError } from "./stop-on-error.ts";

/**
 * Judges the message as a whole, one rule after the other, in the order in which they answer: who asks, which version,
 * what the header says, then the batch. The first that does not hold refuses the message; nothing of it is executed.
 *
 * @throws KmipError for the whole message
 */
export function judge(
  incoming: Incoming,
  { strictVersions }: Pick<Policy, "strictVersions">,
): RequestHeader {
  authenticate(incoming);
  serveVersion(incoming, strictVersions);
  const header = readHeader(incoming);
  stopOnError(header);
  countBatch(header, incoming);
  identifyItems(incoming);
  return header;
}
