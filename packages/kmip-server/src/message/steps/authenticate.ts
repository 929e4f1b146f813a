import { KmipError, tags } from "@akm/kmip-model";
import { members } from "@akm/ttlv";
import type { Incoming } from "../incoming.ts";

/**
 * Refuses every message with an Authentication in its header: the certificate alone tells who asks. It comes first, so
 * that a client that cannot authenticate learns nothing else. AKM guide, note 1.
 */
export function authenticate({ rawHeader }: Incoming): void {
  if (!members(rawHeader).some(({ tag }) => tag === tags.Authentication)) return;
  throw new KmipError(
    "AuthenticationNotSuccessful",
    "a Credential is never accepted: remove user name and password from the client's settings",
  );
}
