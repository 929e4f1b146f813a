import { declaredVersions, operations, type ProtocolVersion } from "@akm/kmip-model";
import { handle } from "../handler.ts";

/** Tells the versions that the server declares, newest first; with a list of the client's, those in both. KMIP 1.1 §4.26. */
export const discoverVersions = handle(
  operations.DiscoverVersions,
  "nothing",
  async ({ protocolVersion: asked }) => {
    const common = declaredVersions.filter((version) => asked.some((one) => isSame(one, version)));
    return { response: { protocolVersion: asked.length === 0 ? declaredVersions : common } };
  },
);

function isSame(left: ProtocolVersion, right: ProtocolVersion): boolean {
  return (
    left.protocolVersionMajor === right.protocolVersionMajor &&
    left.protocolVersionMinor === right.protocolVersionMinor
  );
}
