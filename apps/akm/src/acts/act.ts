import type { Administration } from "@akm/kmip-server";
import type { CertifiedKey } from "@akm/pki";
import type { DataFolder } from "../folder/data-folder.ts";

/** What is told and what comes back; all of it plain JSON. */
export interface ActForm {
  readonly argument: unknown;
  readonly result: unknown;
}

/** How an act is done. */
export type Perform<Form extends ActForm> = (
  argument: Form["argument"],
  installation: Installation,
) => Promise<Form["result"]>;

/** One installation, opened by whoever holds its lock: a server, or a command where none runs. */
export interface Installation {
  readonly folder: DataFolder;
  readonly authority: CertifiedKey;
  /** Of its keys; notes every act in the audit trail. */
  readonly administration: Administration;
  readonly now: () => Date;
  /** Takes up certificates and revocations that have changed; where no server runs there is nothing to do. */
  readonly reload: () => Promise<void>;
}
