import { repeated } from "@akm/ttlv";
import { protocolVersion } from "../message.ts";
import { operation } from "../operation.ts";
import { tags } from "../tags.ts";
import { v1_1 } from "../version.ts";

/** KMIP 1.1 §4.26. New in 1.1, and served at every version. */
export const DiscoverVersions = operation({
  name: "DiscoverVersions",
  code: 0x1e,
  since: v1_1,
  spec: "KMIP 1.1 §4.26",
  summary: "Tells which protocol versions the server speaks, newest first.",
  request: { protocolVersion: repeated(tags.ProtocolVersion, protocolVersion) },
  response: { protocolVersion: repeated(tags.ProtocolVersion, protocolVersion) },
  fails: [],
});
