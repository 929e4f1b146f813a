import { clientName } from "./alternative-name.ts";
import { keyPurposes } from "./identity/extensions.ts";
import { issue } from "./issue.ts";
import type { CertifiedKey, KeyAlgorithm } from "./keys.ts";
import { subjectOf } from "./subject.ts";
import { validityOf } from "./validity.ts";

/** What `issueClient` wants to know; 825 days and P-256 where it is not said. */
export interface ClientRequest {
  readonly authority: CertifiedKey;
  /** The user that the certificate stands for. */
  readonly commonName: string;
  /** An Organizational Unit for each. */
  readonly groups?: readonly string[];
  readonly now: Date;
  readonly days?: number;
  readonly algorithm?: KeyAlgorithm;
}

/**
 * Makes a client's key and certificate.
 *
 * @throws PkiError naming the field that is not fit
 */
export async function issueClient(request: ClientRequest): Promise<CertifiedKey> {
  const { authority, commonName, groups = [], now, days = 825, algorithm = "P-256" } = request;
  return issue({
    subject: subjectOf(commonName, groups),
    validity: validityOf(now, days, authority),
    extensions: {
      enciphersKeys: algorithm === "RSA-2048",
      purposes: [keyPurposes.clientAuth],
      alternativeNames: [clientName(commonName)],
    },
    algorithm,
    signer: authority,
  });
}
