import type { ValueType } from "./value.ts";

/** A setting, declared once; file, command line, docs and the typed `Config` follow from it. */
export interface Setting<Value> {
  /** Of the value; of a list, of one entry. */
  readonly type: ValueType<unknown>;
  readonly default: Value;
  /** Whether the key may stand several times, each time with one more entry. */
  readonly isList: boolean;
  /** A sentence for the docs and for the file that `akm init` makes. */
  readonly text: string;
}

/** The value that a setting holds. */
export type ValueOf<S> = S extends Setting<infer Value> ? Value : never;

/** A setting with one value. */
export function setting<Value>(
  type: ValueType<Value>,
  defaultValue: NoInfer<Value>,
  about: string,
): Setting<Value> {
  return { type, default: defaultValue, isList: false, text: about };
}

/** A setting that may be left out. */
export function optional<Value>(type: ValueType<Value>, about: string): Setting<Value | undefined> {
  return { type, default: undefined, isList: false, text: about };
}

/** A setting of any number of entries, one a line; those of the file replace the default ones. */
export function list<Value>(
  type: ValueType<Value>,
  defaultValue: readonly NoInfer<Value>[],
  about: string,
): Setting<readonly Value[]> {
  return { type, default: defaultValue, isList: true, text: about };
}

/** The default as the file would have it, an entry a line; nothing where there is no value. */
export function defaultLines({
  type,
  default: value,
  isList,
}: Setting<unknown>): readonly string[] {
  const values = isList ? (value as readonly unknown[]) : [value];
  return values.filter((entry) => entry !== undefined).map((entry) => type.write(entry));
}

/** The key of a setting in the file: `client_ca` for the member `clientCa`. */
export function keyOf(member: string): string {
  return member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
