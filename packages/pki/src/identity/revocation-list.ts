import { verify, type X509Certificate } from "node:crypto";
import { childrenOf, type DerElement, derTags, endOf, need, readDer } from "./der.ts";
import { DerError } from "./error.ts";
import { type DistinguishedName, readName } from "./name.ts";
import { readOid, readSerial, readTime } from "./values.ts";

/** The certificates that one authority has taken back. */
export interface RevocationList {
  readonly issuer: DistinguishedName;
  /** Hexadecimal in capitals, as `Identity.serial` has it. */
  readonly serials: ReadonlySet<string>;
  readonly thisUpdate: Date;
  /** When the next list is due at the latest; absent where its issuer does not say. */
  readonly nextUpdate?: Date;
  /** Whether `authority` signed it; no date is looked at. */
  isSignedBy(authority: X509Certificate): boolean;
}

/**
 * Reads every revocation list in a PEM text, in order.
 *
 * @throws DerError for bytes that are not the DER of a list. RFC 5280 §5.1.
 */
export function readRevocationLists(pem: string): readonly RevocationList[] {
  const blocks = pem.matchAll(/-----BEGIN X509 CRL-----([^-]*)-----END X509 CRL-----/g);
  return Array.from(blocks, ([, base64 = ""]) => readList(Buffer.from(base64, "base64")));
}

function readList(der: Uint8Array): RevocationList {
  const outer = childrenOf(need(readDer(der), derTags.sequence, "revocation list"));
  const [body, algorithm, signature, more] = outer;
  endOf("revocation list", more);
  const fields = childrenOf(need(body, derTags.sequence, "body of a revocation list"));
  const [inner, issuer, thisUpdate, ...rest] =
    fields[0]?.tag === derTags.integer ? fields.slice(1) : fields;
  const nextUpdate = isTime(rest[0]) ? rest.shift() : undefined;
  return {
    issuer: readName(issuer, "issuer"),
    serials: readSerials(rest[0]),
    thisUpdate: readTime(thisUpdate),
    ...(nextUpdate && { nextUpdate: readTime(nextUpdate) }),
    isSignedBy: signatureCheck({ body, inner, algorithm, signature }),
  };
}

function isTime(element: DerElement | undefined): boolean {
  return element?.tag === derTags.utcTime || element?.tag === derTags.generalizedTime;
}

/** The entries are left out where nothing is revoked; then the extensions come, in a tag of their own. */
function readSerials(entries: DerElement | undefined): ReadonlySet<string> {
  if (entries?.tag !== derTags.sequence) return new Set();
  return new Set(
    childrenOf(entries).map((entry) => {
      const [serial] = childrenOf(need(entry, derTags.sequence, "revoked certificate"));
      return readSerial(serial);
    }),
  );
}

/** Hash by signature algorithm; Ed25519 has none of its own. RFC 8017 §A.2.4, RFC 5758 §3.2, RFC 8410 §3. */
const hashes: Readonly<Record<string, string | null>> = {
  "1.2.840.113549.1.1.11": "sha256",
  "1.2.840.113549.1.1.12": "sha384",
  "1.2.840.113549.1.1.13": "sha512",
  "1.2.840.10045.4.3.2": "sha256",
  "1.2.840.10045.4.3.3": "sha384",
  "1.2.840.10045.4.3.4": "sha512",
  "1.3.101.112": null,
};

type Signed = Readonly<
  Record<"body" | "inner" | "algorithm" | "signature", DerElement | undefined>
>;

function signatureCheck({ body, inner, algorithm, signature }: Signed) {
  const signed = need(body, derTags.sequence, "body of a revocation list").bytes;
  const outer = need(algorithm, derTags.sequence, "signature algorithm");
  if (
    Buffer.compare(outer.bytes, need(inner, derTags.sequence, "signature algorithm").bytes) !== 0
  ) {
    throw new DerError(
      "BadValue",
      outer.offset,
      "signature algorithm is not the one that was signed",
    );
  }
  const [type] = childrenOf(outer);
  const oid = readOid(type, "signature algorithm");
  const hash = hashes[oid];
  if (hash === undefined) {
    throw new DerError("BadValue", type?.offset, `signature algorithm ${oid} is not known`);
  }
  const bytes = readSignature(signature);
  return (authority: X509Certificate) => verify(hash, signed, authority.publicKey, bytes);
}

/** The first byte of a BIT STRING counts the unused bits at its end: none in a signature. */
function readSignature(element: DerElement | undefined): Uint8Array {
  const { content, offset } = need(element, derTags.bitString, "signature");
  if (content[0] !== 0) throw new DerError("BadValue", offset, "signature is no whole bytes");
  return content.subarray(1);
}
