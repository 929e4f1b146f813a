import type { JsonAttributeAndValue, Name } from "@peculiar/x509";
import { PkiError } from "./error.ts";
import { nameTypes } from "./identity/name.ts";
import type { X509Library } from "./library.ts";

/** One part of a subject; its value is written as UTF8String, just as it is. */
export interface SubjectPart {
  readonly type: keyof typeof nameTypes;
  readonly value: string;
}

const textMax = 64;

/**
 * A subject of one Common Name and its Organizational Units.
 *
 * @throws PkiError for one that is empty, longer than 64 characters (RFC 5280, ub-common-name), or holds a control character
 */
export function subjectOf(
  commonName: string,
  organizationalUnits: readonly string[] = [],
): readonly SubjectPart[] {
  checkText("commonName", commonName);
  for (const unit of organizationalUnits) checkText("groups", unit);
  return [
    ...organizationalUnits.map((value) => ({ type: "OU", value }) as const),
    { type: "CN", value: commonName },
  ];
}

/** The name that the library writes for these parts, each in a set of its own. */
export function writeName({ Name }: X509Library, parts: readonly SubjectPart[]): Name {
  return new Name(parts.map(writePart));
}

// The library takes a plain string apart (quotes, backslashes, a leading #); in this form it passes as it is.
function writePart({ type, value }: SubjectPart): JsonAttributeAndValue {
  return { [nameTypes[type]]: [{ utf8String: value }] };
}

function checkText(field: string, value: string): void {
  if (value === "") throw new PkiError(field, value, "is empty");
  if (/\p{Cc}/u.test(value)) throw new PkiError(field, value, "holds a control character");
  if (!value.isWellFormed()) throw new PkiError(field, value, "holds half a character");
  if ([...value].length > textMax) {
    throw new PkiError(field, value, `is longer than ${textMax} characters`);
  }
}
