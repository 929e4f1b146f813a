import type { Claims } from "../report/coverage.ts";
import { akmClaims } from "./akm-claims.ts";
import { akmGuide } from "./akm-guide.ts";
import type { Profile } from "./applicability.ts";

/** What a kind of server is measured by, beside KMIP itself. */
export interface ServerProfile {
  readonly name: string;
  /** What cases are to it. */
  readonly cases: Profile;
  /** What it says that it has. */
  readonly claims: Claims;
  /** Begins the names of those of our own cases that only its servers must pass. */
  readonly folder: string;
}

/** The profiles, by the names that `--profile` takes. */
export const profiles: Readonly<Record<string, ServerProfile>> = {
  "akm-guide": { name: "akm-guide", cases: akmGuide, claims: akmClaims, folder: "guide/" },
};
