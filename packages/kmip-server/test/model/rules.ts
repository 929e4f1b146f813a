// What may be done to each attribute, as the tables of KMIP 1.1 §3 and the guide say it: a second reading, beside the
// one that the server goes by.

/** When a client may do a thing to an attribute of a key. */
export type When =
  | "never"
  | "always"
  | "owner"
  | "not first"
  | "before service"
  | "in service"
  | "not reached";

/** The rules of one attribute. */
export interface Rule {
  readonly name: string;
  /** Whether it has instances, each with an index. */
  readonly many: boolean;
  /** On a template: one of its own, part of what it hands on, or never there. */
  readonly role: "own" | "content" | "never";
  /** In Create, Register and Re-key. */
  readonly create: boolean;
  readonly add: When;
  readonly modify: When;
  readonly remove: When;
  /** Modify Attribute sets it where it has no value. */
  readonly sets: boolean;
}

const table = `
  Unique Identifier                | own     | -      | never          | never          | never
  Name *                           | own     | client | always         | always         | not first
  Object Type                      | own     | -      | never          | never          | never
  Cryptographic Algorithm          | content | client | never          | never          | never
  Cryptographic Length             | content | client | never          | never          | never
  Cryptographic Parameters *       | content | client | always         | always         | always
  Digest *                         | never   | -      | never          | never          | never
  Operation Policy Name            | content | client | always         | never          | never
  Cryptographic Usage Mask         | content | client | never          | never          | never
  State                            | never   | -      | never          | never          | never
  Initial Date                     | own     | -      | never          | never          | never
  Activation Date                  | content | client | before service | before service | never
  Process Start Date               | content | client | not reached    | not reached    | never
  Protect Stop Date                | content | client | not reached    | not reached    | never
  Deactivation Date                | content | client | in service     | in service     | never
  Compromise Occurrence Date       | never   | -      | never          | never          | never
  Compromise Date                  | never   | -      | never          | never          | never
  Revocation Reason                | never   | -      | never          | never          | never
  Object Group *                   | content | client | always         | always         | always
  Link *                           | never   | client | always         | always         | always
  Application Specific Information * | content | client | always       | always         | always
  Contact Information              | content | client | always         | always         | always
  Last Change Date                 | own     | -      | never          | never          | never
  y-SQL Server Thumbprint          | never   | client | always         | always, sets   | never
  y-Key Name                       | never   | -      | never          | never          | never
  y-Instance                       | never   | -      | never          | never          | never
  y-Current                        | never   | -      | never          | never          | never
  y-Destroy Permitted              | content | client | always         | always, sets   | never
  y-Mirrored                       | content | client | always         | always, sets   | never
  y-Auto Re-key Interval In Days   | content | client | always         | always, sets   | never
  y-Re-key Permitted               | content | client | always         | always, sets   | never
  y-Access Check                   | content | client | owner          | owner, sets    | never
  y-Metadata                       | never   | client | always         | always, sets   | never
  x- *                             | content | client | always         | always         | always`;

/** All rules, in the order of the tables; the last one is that of the client's own attributes. */
export const rules: readonly Rule[] = table.trim().split("\n").map(ruleOf);

function ruleOf(line: string): Rule {
  const [title = "", role, create, add, modify = "", remove] = line
    .split("|")
    .map((cell) => cell.trim());
  const [when, sets] = modify.split(", ");
  return {
    name: title.replace(/ \*$/, ""),
    many: title.endsWith("*"),
    role: role as Rule["role"],
    create: create === "client",
    add: add as When,
    modify: when as When,
    remove: remove as When,
    sets: sets !== undefined,
  };
}

const byName = new Map(rules.map((rule) => [rule.name, rule]));

/** The rule of an attribute; `undefined` for one that does not exist here. */
export function ruleNamed(name: string): Rule | undefined {
  return byName.get(name.startsWith("x-") ? "x-" : name);
}

/** The four dates that clients set, by what they mean. */
export const dates = {
  activation: "Activation Date",
  processStart: "Process Start Date",
  protectStop: "Protect Stop Date",
  deactivation: "Deactivation Date",
} as const;

/** Every attribute whose value is a date. */
export const dateNames: ReadonlySet<string> = new Set([
  ...Object.values(dates),
  "Initial Date",
  "Last Change Date",
  "Compromise Date",
  "Compromise Occurrence Date",
]);
