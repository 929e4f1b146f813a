import { canonicalTimeZone } from "./time-zone.ts";

/** How the text of a setting becomes its value, and back. */
export interface ValueType<Value> {
  /** What may be written, for the docs and for the mend: `a number from 0 to 65535`. */
  readonly form: string;
  /** The value, or `undefined` for a text that is none. */
  read(text: string): Value | undefined;
  write(value: Value): string;
}

/** `Y` or `N`; `yes`, `no`, `true` and `false` are read too. */
export const yesNo: ValueType<boolean> = {
  form: "Y or N",
  read: (text) =>
    ({ y: true, yes: true, true: true, n: false, no: false, false: false })[text.toLowerCase()],
  write: (value) => (value ? "Y" : "N"),
};

/** Any text that is not empty. */
export const text: ValueType<string> = {
  form: "a text",
  read: (value) => value || undefined,
  write: (value) => value,
};

/** A whole number, both ends included. */
export function wholeNumber(from: number, to: number): ValueType<number> {
  return {
    form: `a number from ${from} to ${to}`,
    read(value) {
      const number = Number(value);
      return /^\d{1,15}$/.test(value) && number >= from && number <= to ? number : undefined;
    },
    write: String,
  };
}

/** One of these words, as they are spelled here. */
export function choice<const Word extends string>(...words: readonly Word[]): ValueType<Word> {
  return {
    form: words.join(" or "),
    read: (value) => words.find((word) => word === value),
    write: (value) => value,
  };
}

/** A TCP port; 0 takes any that is free. */
export const port: ValueType<number> = wholeNumber(0, 65_535);

/** The connection URL of a PostgreSQL server. */
export const databaseUrl: ValueType<string> = {
  form: "postgres://USER@HOST:PORT/DATABASE",
  read: (value) => (/^postgres(ql)?:\/\/\S+$/.test(value) ? value : undefined),
  write: (value) => value,
};

/** A time zone by its IANA name. */
export const timeZone: ValueType<string> = {
  form: "a time zone such as UTC or Europe/Berlin",
  read: canonicalTimeZone,
  write: (value) => value,
};
