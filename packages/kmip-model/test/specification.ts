import { sharedJson } from "./shared.ts";

/** A row of an enumeration or a mask as the specification prints it; `value` in hexadecimal. */
export interface SpecifiedValue {
  readonly value: string;
  readonly name: string;
  readonly since: "1.0" | "1.1";
}

/** The tables of KMIP 1.1, transcribed. */
export interface Specification {
  readonly tags: readonly {
    readonly tag: string;
    readonly name: string;
    readonly since: "1.0" | "1.1";
  }[];
  readonly enumerations: Readonly<Record<string, readonly SpecifiedValue[]>>;
  readonly masks: Readonly<Record<string, readonly SpecifiedValue[]>>;
  readonly attributes: readonly SpecifiedAttribute[];
}

/** A row of the attribute tables of KMIP 1.1 §3. */
export interface SpecifiedAttribute {
  readonly section: string;
  readonly name: string;
  readonly type: string;
  readonly alwaysHasValue: string;
  readonly initiallySetBy: string;
  readonly modifiableByClient: string;
  readonly deletableByClient: string;
  readonly multipleInstances: string;
  readonly implicitlySetBy: readonly string[];
  readonly appliesTo: string;
  readonly since: "1.0" | "1.1";
}

/** The tables, or `undefined` where they are not on this machine. */
export const specification = sharedJson("../spec/kmip-1.1-tables.json") as
  | Specification
  | undefined;

/**
 * The name that KMIP's XML encoding makes of one that the specification prints: words begin with a capital and are
 * joined, a mark between digits or before one becomes `_`, digits at the front move behind the first word, and a
 * remark in parentheses is left out.
 */
export function xmlName(printed: string): string {
  const words = printed
    .replace("GF(2 16 )", "GF2^16")
    .replace(/ \(.*\)/, "")
    .replace(/[^\w\s](?=[A-Za-z])/g, " ")
    .replace(/[^\w\s]/g, "_")
    .replace(/^(\d+)(\w*)/, "$2$1")
    .split(/\s+/);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** `1.1` as the number by which declarations say since when. */
export function editionOf(since: "1.0" | "1.1"): number {
  return since === "1.1" ? 11 : 10;
}
