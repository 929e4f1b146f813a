import { KmipError } from "@akm/kmip-model";
import type { Incoming } from "../incoming.ts";

const minorMax = 9;
const minorMaxStrict = 1;

/** Serves 1.0 and 1.1, and unless that is switched off 1.2 to 1.9 with the meaning of 1.1. KMIP 1.1 §6.1, §11.1. */
export function serveVersion({ version }: Incoming, strictVersions: boolean): void {
  const { protocolVersionMajor: major, protocolVersionMinor: minor } = version;
  const newest = strictVersions ? minorMaxStrict : minorMax;
  if (major === 1 && minor >= 0 && minor <= newest) return;
  throw new KmipError("InvalidMessage", `protocol version ${major}.${minor} is not served`);
}
