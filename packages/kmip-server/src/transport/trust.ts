import { X509Certificate } from "node:crypto";
import {
  type Identity,
  type RevocationList,
  readIdentity,
  readRevocationLists,
} from "@akm/pki/identity";

/** One authority, or one client's own certificate, and what it is believed. */
export interface TrustEntry {
  /** The certificate that signs the clients' own; or a single client's, self-signed too. */
  readonly certificatePem: string;
  /** The Common Names that it may assert; `*` stands for any. */
  readonly commonNames: readonly string[];
  /** The Organizational Units that it may assert; `*` stands for any. */
  readonly organizationalUnits: readonly string[];
  /** Whether a client of it may be an administrator. */
  readonly administrators: boolean;
}

/** Whom a listener believes. It can be replaced while the listener runs. */
export interface TrustOptions {
  readonly trust: readonly TrustEntry[];
  /** Revocation lists, several in one text too; each must be signed by an authority in `trust`. */
  readonly crlPem?: readonly string[];
  /** Who administers: `NAME` for a Common Name, `OU=GROUP` for an Organizational Unit. */
  readonly administrators?: readonly string[];
}

/** A trust entry, read. */
export interface Anchor extends TrustEntry {
  readonly certificate: X509Certificate;
  readonly identity: Identity;
  /** Serial numbers that it has taken back. */
  readonly revoked: ReadonlySet<string>;
}

/** Trust options, read. */
export interface Trust {
  readonly anchors: readonly Anchor[];
  readonly administrators: readonly string[];
  /** Lists whose successor was due: what they revoke stays revoked. */
  readonly outdated: readonly RevocationList[];
}

const defaultAdministrators: readonly string[] = ["OU=akm_admin"];

/**
 * Reads trust options.
 *
 * A list that is older than it should be still counts, and nobody is refused for its age: it lies on the operator's
 * own disk, and a file forgotten must not lock every array of a data centre out of its keys.
 *
 * @throws Error naming the entry or list that cannot be read, or the list that no entry signed
 */
export function readTrust(options: TrustOptions, now: number): Trust {
  const lists = (options.crlPem ?? []).flatMap(readLists);
  const anchors = options.trust.map((entry, index) => readAnchor(entry, index, lists));
  for (const list of lists) {
    if (!anchors.some((anchor) => isOf(list, anchor))) {
      throw new Error(`revocation list of ${list.issuer.text} is signed by no trusted authority`);
    }
  }
  return {
    anchors,
    administrators: options.administrators ?? defaultAdministrators,
    outdated: lists.filter(({ nextUpdate }) => nextUpdate !== undefined && +nextUpdate < now),
  };
}

function readLists(pem: string, index: number): readonly RevocationList[] {
  try {
    const lists = readRevocationLists(pem);
    if (lists.length === 0) throw new Error("no X509 CRL in it");
    return lists;
  } catch (cause) {
    throw new Error(`crlPem[${index}] cannot be read: ${textOf(cause)}`, { cause });
  }
}

function readAnchor(entry: TrustEntry, index: number, lists: readonly RevocationList[]): Anchor {
  try {
    const certificate = new X509Certificate(entry.certificatePem);
    const identity = readIdentity(certificate);
    const own = lists.filter((list) => isOf(list, { certificate, identity }));
    const revoked = new Set(own.flatMap(({ serials }) => [...serials]));
    return { ...entry, certificate, identity, revoked };
  } catch (cause) {
    throw new Error(`trust[${index}] cannot be read: ${textOf(cause)}`, { cause });
  }
}

function isOf(list: RevocationList, anchor: Pick<Anchor, "certificate" | "identity">): boolean {
  const sameName = Buffer.compare(list.issuer.der, anchor.identity.subject.der) === 0;
  return sameName && list.isSignedBy(anchor.certificate);
}

function textOf(caught: unknown): string {
  return caught instanceof Error ? caught.message : String(caught);
}
