import {
  type AttributeRow,
  customAttribute,
  type OperationName,
  type Permission,
} from "@akm/kmip-model";
import { page, table, version } from "./markdown.ts";
import { typeText } from "./type-text.ts";

type Registry = Readonly<Record<string, AttributeRow>>;

const intro = `What a client may do to an attribute of a key, and when. _Creation_ is the Template-Attribute of Create, Register
and Re-key. Where it says _no_, only the server's own operations set or change the value.`;

const templateIntro = `A template's _own_ attributes are those of every object. Its _content_ is what it hands on to
keys that are made from it; whoever may use the template may add, modify and delete all of that, at any time.`;

const departuresIntro =
  "Where a row is not what KMIP 1.1 §3 has, and why; and why a `y-` attribute has another editor than the server.";

const refusedIntro = `These do not exist for clients: named in Create, Register, Re-key and Locate they are Invalid Field, in Add, Modify and
Delete Attribute Permission Denied, and Get Attributes leaves them out.`;

/** `docs/attributes.md`: what each attribute is, who may set, modify and delete it, and why that departs from KMIP. */
export function attributesPage(registry: Registry, operations: ReadonlySet<OperationName>): string {
  const rows = [...Object.values(registry), { ...customAttribute("x-"), name: "x-…" }];
  const offered = rows.filter((row) => row.offered);
  const refused = rows.filter((row) => !row.offered);
  return page(
    "Attributes",
    intro,
    table(columns, offered.map(attributeCells)),
    `## Meaning\n\n${table(
      ["Attribute", "Meaning", "May be set by the server in"],
      offered.map((row) => meaningCells(row, operations)),
    )}`,
    `## Templates\n\n${templateIntro}\n\n${templates(offered)}`,
    `## Departures\n\n${departuresIntro}\n\n${departures(offered)}`,
    `## Not offered\n\n${refusedIntro}\n\n${table(["Attribute", "Type", "Since", "Source"], refused.map(refusedCells))}`,
  );
}

const columns = [
  "Attribute",
  "Type",
  "Instances",
  "Creation",
  "Add Attribute",
  "Modify Attribute",
  "Delete Attribute",
  "Since",
  "Source",
];

/** The cells of an attribute's line: what it is, and who may do what to it when. */
export function attributeCells(row: AttributeRow): string[] {
  const modify = permissionText(row.modify);
  return [
    row.name,
    typeText(row.type),
    row.many ? "many" : "one",
    permissionText(row.create),
    permissionText(row.add),
    row.modifySets ? `${modify}; sets it where it has no value` : modify,
    permissionText(row.remove),
    version(row.since),
    row.spec,
  ];
}

function permissionText(permission: Permission<never>): string {
  if (permission.by === "nobody") return "no";
  const who = permission.by === "owner" ? "owner or administrator" : "client";
  return permission.when.text === "always" ? who : `${who}, ${permission.when.text}`;
}

function meaningCells(
  { name, summary, setImplicitlyBy }: AttributeRow,
  operations: ReadonlySet<OperationName>,
): string[] {
  return [name, summary, setImplicitlyBy.filter((each) => operations.has(each)).join(", ")];
}

function templates(rows: readonly AttributeRow[]): string {
  const named = (role: AttributeRow["template"]) =>
    rows.filter(({ template }) => template === role).map(({ name }) => name);
  return [`- Own: ${named("own").join(", ")}.`, `- Content: ${named("content").join(", ")}.`].join(
    "\n",
  );
}

function departures(rows: readonly AttributeRow[]): string {
  return rows
    .filter(({ departsBecause }) => departsBecause !== undefined)
    .map(({ name, departsBecause }) => `- ${name}: ${departsBecause}.`)
    .join("\n");
}

function refusedCells(row: AttributeRow): string[] {
  return [row.name, typeText(row.type), version(row.since), row.spec];
}
