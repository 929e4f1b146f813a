import { DerError } from "./error.ts";

/** The tags that a certificate is made of, class and constructed bit included. X.690 §8. */
export const derTags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  t61String: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
  issuerUniqueId: 0x81,
  subjectUniqueId: 0x82,
  version: 0xa0,
  extensions: 0xa3,
} as const;

/** One element: its tag, its bytes with and without the header (views), and where it begins in the certificate. */
export interface DerElement {
  readonly tag: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly content: Uint8Array;
}

/**
 * Reads `bytes` as one element that fills them.
 *
 * @param offset  where `bytes` begins in the certificate, for errors
 * @throws DerError `Truncated`, `BadLength`, `BadTag`, `TrailingBytes`. X.690 §10.
 */
export function readDer(bytes: Uint8Array, offset = 0): DerElement {
  const element = readElement(bytes, offset);
  const after = element.bytes.length;
  if (after < bytes.length) {
    throw new DerError("TrailingBytes", offset + after, `${bytes.length - after} bytes too many`);
  }
  return element;
}

/** The elements that fill the content of `element`, in order. Throws `DerError`. */
export function childrenOf(element: DerElement): readonly DerElement[] {
  const children: DerElement[] = [];
  let offset = contentOffset(element);
  let rest = element.content;
  while (rest.length > 0) {
    const child = readElement(rest, offset);
    children.push(child);
    rest = rest.subarray(child.bytes.length);
    offset += child.bytes.length;
  }
  return children;
}

/** Where the content of `element` begins in the certificate. */
export function contentOffset(element: DerElement): number {
  return element.offset + element.bytes.length - element.content.length;
}

/** `element`, if it is there and has this tag; else throws `DerError` that calls it `what`. */
export function need(element: DerElement | undefined, tag: number, what: string): DerElement {
  if (element === undefined) throw new DerError("Truncated", undefined, `no ${what}`);
  if (element.tag !== tag) {
    const found = element.tag.toString(16).padStart(2, "0");
    throw new DerError("BadTag", element.offset, `tag ${found} is not a ${what}`);
  }
  return element;
}

/** Throws `DerError` `TrailingBytes` where there is an element behind the last that `what` has. */
export function endOf(what: string, element: DerElement | undefined): void {
  if (element === undefined) return;
  throw new DerError("TrailingBytes", element.offset, `${what} goes on behind its end`);
}

function readElement(bytes: Uint8Array, offset: number): DerElement {
  const tag = byteAt(bytes, 0, offset);
  if ((tag & 0x1f) === 0x1f) {
    throw new DerError("BadTag", offset, "tag numbers above 30 do not occur in a certificate");
  }
  const { header, length } = readLength(bytes, offset);
  if (header + length > bytes.length) {
    throw new DerError("Truncated", offset, `length ${length} runs past the end`);
  }
  return {
    tag,
    offset,
    bytes: bytes.subarray(0, header + length),
    content: bytes.subarray(header, header + length),
  };
}

/** DER has one form for each length: the shortest. */
function readLength(bytes: Uint8Array, offset: number): { header: number; length: number } {
  const first = byteAt(bytes, 1, offset);
  if (first < 0x80) return { header: 2, length: first };
  const count = first - 0x80;
  if (count < 1 || count > 4) {
    throw new DerError("BadLength", offset + 1, `length form ${first.toString(16)}`);
  }
  let length = 0;
  for (let index = 0; index < count; index++) {
    length = length * 256 + byteAt(bytes, 2 + index, offset);
  }
  if (length < 0x80 || length < 256 ** (count - 1)) {
    throw new DerError("BadLength", offset + 1, `length ${length} is not in its shortest form`);
  }
  return { header: 2 + count, length };
}

function byteAt(bytes: Uint8Array, index: number, offset: number): number {
  const byte = bytes[index];
  if (byte === undefined) throw new DerError("Truncated", offset + index, "the bytes end here");
  return byte;
}
