import {
  childrenOf,
  contentOffset,
  type DerElement,
  derTags,
  endOf,
  need,
  readDer,
} from "./der.ts";
import { DerError } from "./error.ts";
import { readOid } from "./values.ts";

/** What a key may be used for, by object identifier. RFC 5280 §4.2.1.12. */
export const keyPurposes = {
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
  any: "2.5.29.37.0",
} as const;

const extendedKeyUsage = "2.5.29.37";

/**
 * The purposes of the extension Extended Key Usage as object identifiers; `undefined` without that extension.
 *
 * @param element  the extensions of a certificate, in their explicit tag
 * @throws DerError also where an extension stands twice. RFC 5280 §4.2.
 */
export function readExtendedKeyUsage(
  element: DerElement | undefined,
): readonly string[] | undefined {
  if (element === undefined) return undefined;
  const [list, more] = childrenOf(element);
  endOf("extensions", more);
  const values = new Map<string, Extension>();
  for (const child of childrenOf(need(list, derTags.sequence, "list of extensions"))) {
    const extension = readExtension(child);
    if (values.has(extension.oid)) {
      throw new DerError("BadValue", child.offset, `extension ${extension.oid} stands twice`);
    }
    values.set(extension.oid, extension);
  }
  const usage = values.get(extendedKeyUsage);
  return usage && readPurposes(usage);
}

interface Extension {
  readonly oid: string;
  readonly bytes: Uint8Array;
  readonly offset: number;
}

function readExtension(element: DerElement): Extension {
  const [type, ...rest] = childrenOf(need(element, derTags.sequence, "extension"));
  const oid = readOid(type, "type of an extension");
  const [value, more] = rest[0]?.tag === derTags.boolean ? rest.slice(1) : rest;
  endOf(`extension ${oid}`, more);
  const octets = need(value, derTags.octetString, `value of extension ${oid}`);
  return { oid, bytes: octets.content, offset: contentOffset(octets) };
}

function readPurposes({ bytes, offset }: Extension): readonly string[] {
  const list = need(readDer(bytes, offset), derTags.sequence, "list of purposes");
  return childrenOf(list).map((purpose) => readOid(purpose, "purpose"));
}
