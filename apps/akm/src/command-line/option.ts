/** An option of a command, declared once; parsing and help follow from it. */
export interface Option<Value> {
  /** `flag` takes no value; `many` may be given several times. */
  readonly kind: "flag" | "one" | "many";
  /** How help shows the value: `NAME`. */
  readonly value?: string;
  readonly isRequired: boolean;
  readonly text: string;
  /** Only carries the type. */
  readonly holds?: Value;
}

/** What the options of a command hold after parsing. */
export type ValuesOf<Options> = {
  readonly [Name in keyof Options]: Options[Name] extends Option<infer Value> ? Value : never;
};

/** An option without a value. */
export function flag(text: string): Option<boolean> {
  return { kind: "flag", isRequired: false, text };
}

/** An option with one value. */
export function one(value: string, text: string): Option<string | undefined> {
  return { kind: "one", value, isRequired: false, text };
}

/** An option that has to be given. */
export function required(value: string, text: string): Option<string> {
  return { kind: "one", value, isRequired: true, text };
}

/** An option that may be given several times. */
export function many(value: string, text: string): Option<readonly string[]> {
  return { kind: "many", value, isRequired: false, text };
}

/** An option's name on the command line: `--admin-port` for the member `adminPort`. */
export function flagOf(member: string): string {
  return `--${member.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
