import { type Identity, keyPurposes } from "@akm/pki/identity";
import { type Refusal, refuse } from "./refusal.ts";
import type { Anchor } from "./trust.ts";

/** A certificate, the entry of trust that answers for it, and the moment. */
export interface Presented {
  readonly identity: Identity;
  readonly anchor: Anchor;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** OpenSSL's own verdict, where it is not content. */
  readonly fault: string | undefined;
}

/** The first thing that is wrong with a certificate whose issuer is trusted. */
export function certificateFault(presented: Presented): Refusal | undefined {
  return (
    dateFault(presented) ?? useFault(presented) ?? nameFault(presented) ?? verdictFault(presented)
  );
}

function dateFault({ identity, anchor, now }: Presented): Refusal | undefined {
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

function useFault({ identity, anchor }: Presented): Refusal | undefined {
  if (anchor.revoked.has(identity.serial)) {
    return refuse("Revoked", "its authority revoked it", identity);
  }
  const usage = identity.extendedKeyUsage;
  if (usage === undefined || usage.includes(keyPurposes.clientAuth)) return undefined;
  const stated = usage.join(", ") || "nothing";
  return refuse("WrongUsage", `its extended key usage is ${stated}, not clientAuth`, identity);
}

function nameFault({ identity, anchor }: Presented): Refusal | undefined {
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
 * cannot be told that a chain may end at an authority that is not self-signed; `identify` has checked the signature.
 */
function verdictFault({ identity, anchor, fault }: Presented): Refusal | undefined {
  if (fault === undefined) return undefined;
  if (!anchor.identity.selfSigned && unfinishedChain.includes(fault)) return undefined;
  return refuse("Distrusted", `OpenSSL does not accept it: ${fault}`, identity);
}
