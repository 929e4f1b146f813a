import { childrenOf, type DerElement, derTags, endOf, need } from "./der.ts";
import { DerError } from "./error.ts";
import { readText } from "./text.ts";
import { readOid } from "./values.ts";

/** Attribute types of names, by the short form that RFC 4514 and OpenSSL print. */
export const nameTypes = {
  CN: "2.5.4.3",
  C: "2.5.4.6",
  L: "2.5.4.7",
  ST: "2.5.4.8",
  O: "2.5.4.10",
  OU: "2.5.4.11",
} as const;

/** One attribute of a name; `value` is `undefined` where it is not a string that can be read. */
export interface NamePart {
  readonly oid: string;
  readonly value: string | undefined;
  readonly bytes: Uint8Array;
  readonly offset: number;
}

/** A subject or issuer: its parts in order, its DER (compare names by it), and a text for people only. */
export interface DistinguishedName {
  readonly parts: readonly NamePart[];
  readonly der: Uint8Array;
  /** As RFC 4514 escapes it, but in the order of the certificate; control characters escaped too. */
  readonly text: string;
}

/** Reads a name. Throws `DerError`. RFC 5280 §4.1.2.4. */
export function readName(element: DerElement | undefined, what: string): DistinguishedName {
  const name = need(element, derTags.sequence, what);
  const parts = childrenOf(name).flatMap((set) =>
    childrenOf(need(set, derTags.set, what)).map(readPart),
  );
  return { parts, der: name.bytes, text: parts.map(printPart).join(",") };
}

/**
 * The values of every part of `name` with this type, in order.
 *
 * @throws DerError `BadValue` for one that cannot be read as text
 */
export function valuesOf(name: DistinguishedName, type: keyof typeof nameTypes): readonly string[] {
  return name.parts
    .filter((part) => part.oid === nameTypes[type])
    .map(({ value, offset }) => {
      if (value === undefined) throw new DerError("BadValue", offset, `${type} is not text`);
      return value;
    });
}

function readPart(element: DerElement): NamePart {
  const [type, value, more] = childrenOf(need(element, derTags.sequence, "part of a name"));
  const oid = readOid(type, "type of a name's part");
  if (value === undefined) throw new DerError("Truncated", element.offset, "part without a value");
  endOf("part of a name", more);
  return { oid, value: readText(value), bytes: value.bytes, offset: value.offset };
}

function printPart({ oid, value, bytes }: NamePart): string {
  const short = Object.entries(nameTypes).find(([, known]) => known === oid)?.[0];
  return `${short ?? oid}=${value === undefined ? `#${Buffer.from(bytes).toString("hex")}` : escapeValue(value)}`;
}

function escapeValue(value: string): string {
  return value
    .replace(/[",+;<>\\]|^[ #]| $/g, "\\$&")
    .replace(/\p{Cc}/gu, (control) => `\\${control.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
