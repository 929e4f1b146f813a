import { hostName } from "./alternative-name.ts";
import { PkiError } from "./error.ts";
import { keyPurposes } from "./identity/extensions.ts";
import { issue } from "./issue.ts";
import type { CertifiedKey, KeyAlgorithm } from "./keys.ts";
import { subjectOf } from "./subject.ts";
import { validityOf } from "./validity.ts";

/** What `issueServer` wants to know; 825 days where it is not said. */
export interface ServerRequest {
  readonly authority: CertifiedKey;
  /** DNS names and IP addresses under which clients reach the server, at least one. */
  readonly hosts: readonly string[];
  readonly now: Date;
  readonly days?: number;
  /** A server that is to be reached by every client has one of each. */
  readonly algorithm: KeyAlgorithm;
}

/**
 * Makes a server's key and certificate. The Common Name is the first host that is short enough for one.
 *
 * @throws PkiError naming the field that is not fit
 */
export async function issueServer(request: ServerRequest): Promise<CertifiedKey> {
  const { authority, hosts, now, days = 825, algorithm } = request;
  if (hosts.length === 0) throw new PkiError("hosts", hosts, "names no host");
  const alternativeNames = hosts.map(hostName);
  return issue({
    subject: subjectOf(hosts.find((host) => host.length <= 64) ?? "server"),
    validity: validityOf(now, days, authority),
    extensions: {
      enciphersKeys: algorithm === "RSA-2048",
      purposes: [keyPurposes.serverAuth],
      alternativeNames,
    },
    algorithm,
    signer: authority,
  });
}
