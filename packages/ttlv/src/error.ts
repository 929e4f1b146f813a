/** What went wrong, as a stable word: the form of the bytes, an item's value, or its place in the schema. */
export type TtlvErrorCode =
  // form: the bytes do not parse to their end
  | "Truncated"
  | "TooLong"
  | "BadTag"
  | "BadType"
  | "BadLength"
  | "TooDeep"
  | "TooManyItems"
  | "TrailingBytes"
  // value: an item's content is not what its type allows
  | "BadValue"
  | "TextTooLong"
  | "BigIntegerTooLong"
  // schema: the items do not fit the structure
  | "UnexpectedTag"
  | "WrongType"
  | "UnknownField"
  | "Repeated"
  | "OutOfOrder"
  | "Missing"
  | "UnknownValue";

/**
 * Bytes that are not what they claim, or a value that cannot stand on the wire.
 * `path` names members from the outermost structure inward (`batchItem[2].operation`), empty at the top.
 * `offset` counts bytes from the start of the message; when encoding, where the item would have begun.
 */
export class TtlvError extends Error {
  override readonly name = "TtlvError";
  readonly code: TtlvErrorCode;
  readonly path: string;
  readonly offset: number;

  constructor(code: TtlvErrorCode, text: string, place: { path?: string; offset?: number } = {}) {
    const { path = "", offset = 0 } = place;
    super(`${path === "" ? "message" : path} at byte ${offset}: ${text}`);
    this.code = code;
    this.path = path;
    this.offset = offset;
  }
}

/**
 * What the closures throw: cheap, without a stack, and each structure on the way out puts its member's name in front.
 * The entry points (`decode`, `encode`, …) turn it into a `TtlvError`; it never leaves the package.
 */
export class Fault {
  readonly code: TtlvErrorCode;
  readonly text: string;
  readonly offset: number;
  path = "";

  constructor(code: TtlvErrorCode, offset: number, text: string) {
    this.code = code;
    this.offset = offset;
    this.text = text;
  }

  /** Puts the member's name in front of the path; gives the fault itself. */
  within(member: string): this {
    this.path = joined(member, this.path);
    return this;
  }
}

/** What to throw out of the package for something caught: a `TtlvError` for a fault, anything else as it is. */
export function thrownFor(caught: unknown, outerPath = ""): unknown {
  if (!(caught instanceof Fault)) return caught;
  const { code, text, offset, path } = caught;
  return new TtlvError(code, text, { path: joined(outerPath, path), offset });
}

function joined(outer: string, inner: string): string {
  return outer === "" || inner === "" ? outer + inner : `${outer}.${inner}`;
}

/** A tag as texts show it: `0x420078`. */
export function tagText(tag: number): string {
  return `0x${tag.toString(16).toUpperCase().padStart(6, "0")}`;
}
