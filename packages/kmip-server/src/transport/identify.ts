import type { X509Certificate } from "node:crypto";
import { type Identity, readIdentity } from "@akm/pki/identity";
import { certificateFault } from "./certificate-fault.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { Anchor, Trust } from "./trust.ts";

/** What TLS knows of a peer. */
export interface Peer {
  readonly certificate: X509Certificate | undefined;
  /** OpenSSL's own verdict on the chain, such as `CERT_HAS_EXPIRED`; absent where it is content. */
  readonly fault?: string;
}

/** Who a peer is. */
export interface Identified {
  readonly user: string;
  readonly groups: readonly string[];
  readonly administrator: boolean;
  /** Milliseconds since 1970: the last moment at which the certificate is good. */
  readonly goodUntil: number;
  readonly serial: string;
  /** SHA-256 of the certificate. */
  readonly fingerprint: string;
}

/**
 * Whether a peer may come in, and as whom. The certificate is judged anew each time, so that a resumed session or
 * an open connection is held to the trust of today. Its issuer must itself be an entry of `trust`: a chain is
 * gone after resumption, and only so is it plain which names an intermediate authority may assert.
 *
 * @param now  milliseconds since 1970
 */
export function identify(peer: Peer, trust: Trust, now: number): Identified | Refusal {
  if (peer.certificate === undefined) {
    return refuse("NonePresented", "the client presented no certificate");
  }
  const identity = readOrRefuse(peer.certificate);
  if ("reason" in identity) return identity;
  const anchor = anchorOf(peer.certificate, identity, trust);
  if (anchor === undefined) {
    return refuse("UnknownAuthority", "nobody trusted issued it", identity);
  }
  return (
    certificateFault({ identity, anchor, now, fault: peer.fault }) ??
    identified(identity, anchor, trust)
  );
}

function readOrRefuse(certificate: X509Certificate): Identity | Refusal {
  try {
    return readIdentity(certificate);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refuse("Unreadable", `the certificate cannot be read: ${why}`);
  }
}

/** The entry that is this very certificate, before one that issued it: the operator said more about it. */
function anchorOf(
  certificate: X509Certificate,
  { fingerprint256 }: Identity,
  { anchors }: Trust,
): Anchor | undefined {
  return (
    anchors.find(({ identity }) => identity.fingerprint256 === fingerprint256) ??
    anchors.find(
      (anchor) =>
        anchor.certificate.ca &&
        certificate.checkIssued(anchor.certificate) &&
        certificate.verify(anchor.certificate.publicKey),
    )
  );
}

function identified(identity: Identity, anchor: Anchor, trust: Trust): Identified {
  const { organizationalUnits: groups, notAfter, serial, fingerprint256 } = identity;
  const [user = ""] = identity.commonNames;
  return {
    user,
    groups,
    administrator: anchor.administrators && isNamed(user, groups, trust.administrators),
    goodUntil: Math.min(+notAfter, +anchor.identity.notAfter),
    serial,
    fingerprint: fingerprint256,
  };
}

/** An entry with `OU=` never means a user, so that nobody becomes a group by a Common Name of that form. */
function isNamed(user: string, groups: readonly string[], administrators: readonly string[]) {
  return administrators.some((entry) =>
    entry.startsWith("OU=") ? groups.includes(entry.slice(3)) : entry === user,
  );
}
