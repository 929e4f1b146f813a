import { dates } from "./rules.ts";
import { type NameValue, only, type Thing } from "./world.ts";

// Which values are right, one by one and together.

/** The reason to refuse a value that is wrong whatever the object. */
export function faultOf(name: string, value: unknown): string | undefined {
  if (name.startsWith("x-")) return nested(value) ? "InvalidField" : undefined;
  switch (name) {
    case "Name":
      return (value as NameValue).nameValue.includes("\0") ? "InvalidField" : undefined;
    case "Operation Policy Name":
      return value === "default" ? undefined : "InvalidField";
    case "Application Specific Information":
      return "applicationData" in (value as object)
        ? undefined
        : "ApplicationNamespaceNotSupported";
    case "y-Auto Re-key Interval In Days":
      return (value as number) >= 0 && (value as number) <= 36_500 ? undefined : "InvalidField";
    case "y-SQL Server Thumbprint": {
      const { length } = value as Uint8Array;
      return length >= 1 && length <= 32 ? undefined : "InvalidField";
    }
  }
  return undefined;
}

function nested(value: unknown): boolean {
  const { type, value: inner } = value as { type: string; value: unknown };
  return (
    type === "Structure" && (inner as { type: string }[]).some((one) => one.type === "Structure")
  );
}

/** The reason to refuse values that do not go together, once those of these names have been given. */
export function contradiction(thing: Thing, given: readonly string[]): string | undefined {
  return datesContradict(thing, given) || policyContradicts(thing) ? "InvalidField" : undefined;
}

/** Earlier and later of two dates. */
const orders = [
  [dates.activation, dates.deactivation],
  [dates.activation, dates.processStart],
  [dates.protectStop, dates.deactivation],
] as const;

/** Whether a date that is given stands in the wrong order to another; what Activate and Revoke stamp may. */
function datesContradict(thing: Thing, given: readonly string[]): boolean {
  return orders.some(([earlier, later]) => {
    const [one, other] = [only<bigint>(thing, earlier), only<bigint>(thing, later)];
    const isGiven = given.includes(earlier) || given.includes(later);
    return isGiven && one !== undefined && other !== undefined && other < one;
  });
}

/** Whether a key rolls by itself that may not be rolled. */
function policyContradicts(thing: Thing): boolean {
  const interval = only<number>(thing, "y-Auto Re-key Interval In Days") ?? 0;
  return interval > 0 && only<boolean>(thing, "y-Re-key Permitted") === false;
}

interface Lengths {
  readonly legal: (bits: number) => boolean;
  /** In Create, where no length is given. */
  readonly usual: number;
}

const oneOf =
  (...all: readonly number[]) =>
  (bits: number) =>
    all.includes(bits);

const whole = (from: number, to: number) => (bits: number) =>
  bits >= from && bits <= to && bits % 8 === 0;

/** The algorithms that the model's runs use, with their lengths. RSA is one of those that are not symmetric. */
const algorithms: Readonly<Record<string, Lengths>> = {
  AES: { legal: oneOf(128, 192, 256), usual: 256 },
  DES3: { legal: oneOf(112, 128, 168, 192), usual: 168 },
  HMACSHA256: { legal: whole(8, 8192), usual: 256 },
  Blowfish: { legal: whole(32, 448), usual: 128 },
};

/** The reason to refuse an algorithm with a length. */
export function lengthFault(algorithm: string, length: number): string | undefined {
  return algorithms[algorithm]?.legal(length) ? undefined : "InvalidField";
}

/** The length that a key of this algorithm has in Create where none is given. */
export function usualLength(algorithm: string): number | undefined {
  return algorithms[algorithm]?.usual;
}

/** How many bytes a key of this length has. */
export function bytesOf(algorithm: string, length: number): number {
  if (algorithm === "DES3") return length <= 128 ? 16 : 24;
  return length / 8;
}

/** The length of a key that is registered without one. */
export function lengthOf(algorithm: string, bytes: number): number {
  if (algorithm === "DES3" && bytes === 16) return 112;
  if (algorithm === "DES3" && bytes === 24) return 168;
  return bytes * 8;
}
