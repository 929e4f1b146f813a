import type { X509Certificate } from "node:crypto";
import { type Identity, keyPurposes, readIdentity } from "@akm/pki/identity";
import { mends, type Refusal, type RefusalReason } from "./refusal.ts";
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
    dateFault(identity, anchor, now) ??
    useFault(identity, anchor) ??
    nameFault(identity, anchor) ??
    verdictFault(identity, anchor, peer.fault) ??
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

function dateFault(identity: Identity, anchor: Anchor, now: number): Refusal | undefined {
  const { notBefore, notAfter } = identity;
  if (now > +notAfter) {
    return refuse("Expired", `it expired at ${notAfter.toISOString()}`, identity);
  }
  if (now < +notBefore) {
    return refuse("NotYetValid", `it is valid from ${notBefore.toISOString()}`, identity);
  }
  const authority = anchor.identity;
  if (now > +authority.notAfter || now < +authority.notBefore) {
    const span = `${authority.notBefore.toISOString()} to ${authority.notAfter.toISOString()}`;
    return refuse("AuthorityNotValidNow", `its authority is valid from ${span}`, identity);
  }
  return undefined;
}

function useFault(identity: Identity, anchor: Anchor): Refusal | undefined {
  if (anchor.revoked.has(identity.serial)) {
    return refuse("Revoked", "its authority revoked it", identity);
  }
  const usage = identity.extendedKeyUsage;
  if (usage === undefined || usage.includes(keyPurposes.clientAuth)) return undefined;
  const stated = usage.join(", ") || "nothing";
  return refuse("WrongUsage", `its extended key usage is ${stated}, not clientAuth`, identity);
}

function nameFault(identity: Identity, anchor: Anchor): Refusal | undefined {
  const { commonNames, organizationalUnits: groups } = identity;
  const [name, ...more] = commonNames;
  if (name === undefined || name === "") {
    return refuse("NoCommonName", "it has no Common Name", identity);
  }
  if (more.length > 0) {
    const all = JSON.stringify(commonNames);
    return refuse("SeveralCommonNames", `it has the Common Names ${all}`, identity);
  }
  const odd = [name, ...groups].find((text) => text.includes("\0"));
  if (odd !== undefined) {
    return refuse("BadName", `there is a NUL in the name ${JSON.stringify(odd)}`, identity);
  }
  if (!mayAssert(anchor.commonNames, name)) {
    return refuse("NameNotAllowed", `its issuer may not assert the name ${name}`, identity);
  }
  const group = groups.find((one) => !mayAssert(anchor.organizationalUnits, one));
  if (group === undefined) return undefined;
  return refuse("GroupNotAllowed", `its issuer may not assert the group ${group}`, identity);
}

function mayAssert(allowed: readonly string[], name: string): boolean {
  return allowed.includes("*") || allowed.includes(name);
}

/** What OpenSSL says where a chain ends before a self-signed certificate. */
const unfinishedChain: readonly string[] = [
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
];

/**
 * OpenSSL sees what is not looked at here, such as weak algorithms and critical extensions. Its server side in Node
 * cannot be told that a chain may end at an authority that is not self-signed; the signature was checked above.
 */
function verdictFault(
  identity: Identity,
  anchor: Anchor,
  fault: string | undefined,
): Refusal | undefined {
  if (fault === undefined) return undefined;
  if (!anchor.identity.selfSigned && unfinishedChain.includes(fault)) return undefined;
  return refuse("Distrusted", `OpenSSL does not accept it: ${fault}`, identity);
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

function refuse(reason: RefusalReason, why: string, identity?: Identity): Refusal {
  return {
    reason,
    why,
    mend: mends[reason],
    ...(identity && {
      subject: identity.subject.text,
      issuer: identity.issuer.text,
      serial: identity.serial,
    }),
  };
}
