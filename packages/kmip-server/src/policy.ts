import type { AccessCheck } from "@akm/kmip-model";

/** The choices that an operator has; every one is a setting with this default. */
export interface Policy {
  /** `[access] create`: who may make objects. */
  readonly create: "anyone" | "administrators";
  /** `[policy] get_compromised`: whether Get hands out keys that are Compromised. */
  readonly getCompromised: boolean;
  /** `[policy] default_mirrored`: y-Mirrored of a new key. */
  readonly defaultMirrored: boolean;
  /** `[policy] default_access_check`: y-Access Check of a new key. */
  readonly defaultAccessCheck: AccessCheck;
  /** `[policy] algorithms`: the algorithms that Create and Register take; `undefined` for all that are known. */
  readonly algorithms?: readonly string[];
  /** `[kmip] strict_versions`: refuse 1.2 to 1.9 instead of serving them with 1.1 meaning. */
  readonly strictVersions: boolean;
  /** `[kmip] vendor_identification`: what Query answers. */
  readonly vendorIdentification: string;
  /** `[policy] time_zone`: an IANA name; automatic re-keys happen at its midnights. */
  readonly timeZone: string;
}

/** What holds where nothing is set. */
export const defaultPolicy: Policy = {
  create: "anyone",
  getCompromised: true,
  defaultMirrored: false,
  defaultAccessCheck: "ListedUsers",
  strictVersions: false,
  vendorIdentification: "akm",
  timeZone: "UTC",
};
