import type { ValueType } from "./value.ts";

/** A certificate file that is trusted beside akm's own authority, and what its certificates may assert. */
export interface ClientAuthority {
  /** PEM: authorities, or single certificates, also self-signed ones. */
  readonly file: string;
  /** Common Names, at least one; `*` is any. */
  readonly users: readonly string[];
  /** Organizational Units, likewise; a certificate with another one is refused. */
  readonly groups: readonly string[];
  /** Whether its users and groups count as administrators where `[access] administrators` names them. */
  readonly administrators: boolean;
}

/** `FILE cn=PATTERN… [ou=PATTERN…] [administrators=yes]`; what holds blanks stands in double quotes. */
export const clientAuthority: ValueType<ClientAuthority> = {
  form: "FILE cn=NAME|* [ou=GROUP|*] [administrators=yes|no], each name with a cn= or ou= of its own, what holds blanks in double quotes",
  read: readClientAuthority,
  write: ({ file, users, groups, administrators }) =>
    [
      quote(file),
      ...users.map((name) => quote(`cn=${name}`)),
      ...groups.map((name) => quote(`ou=${name}`)),
      `administrators=${administrators ? "yes" : "no"}`,
    ].join(" "),
};

function readClientAuthority(text: string): ClientAuthority | undefined {
  const [file, ...words] = splitWords(text) ?? [];
  const terms = words.map((word) => /^(cn|ou|administrators)=(.+)$/.exec(word));
  if (!file || !terms.every((term) => term !== null)) return undefined;
  const valuesOf = (kind: string) =>
    terms.flatMap(([, key, value = ""]) => (key === kind ? [value] : []));
  const users = valuesOf("cn");
  // A star within a name looks like a pattern, and there are none.
  if ([...users, ...valuesOf("ou")].some((name) => name !== "*" && name.includes("*")))
    return undefined;
  const [administrators = "no", ...more] = valuesOf("administrators");
  if (users.length === 0 || more.length > 0 || !/^(yes|no)$/.test(administrators)) return undefined;
  return { file, users, groups: valuesOf("ou"), administrators: administrators === "yes" };
}

/** The words of a line; quotes may begin anywhere in a word. `undefined` where one is not closed. */
function splitWords(text: string): readonly string[] | undefined {
  if ((text.split('"').length - 1) % 2 !== 0) return undefined;
  const words = text.match(/(?:"[^"]*"|[^\s"])+/g) ?? [];
  return words.map((word) => word.replaceAll('"', ""));
}

function quote(word: string): string {
  return /\s/.test(word) ? `"${word}"` : word;
}
