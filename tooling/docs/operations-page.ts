import {
  generalReasons,
  laterTags,
  nameOfTag,
  type OperationDeclaration,
  type OperationName,
} from "@akm/kmip-model";
import type { Fields } from "@akm/ttlv";
import { hexadecimal, page, table, version } from "./markdown.ts";
import { typeText } from "./type-text.ts";

type Registry = Readonly<Record<string, OperationDeclaration>>;

const intro = `The operations of KMIP 1.1, by code. One that is not offered is answered Operation Not Supported. Payload fields stand in
the order of the wire, under the names that KMIP's XML encoding gives their tags. Beside the reasons named with it, every
operation may fail with ${generalReasons.join(", ")}.`;

/** `docs/operations.md`: every operation with its code and whether it is offered, and the payloads of those that are. */
export function operationsPage(registry: Registry, offered: ReadonlySet<OperationName>): string {
  const rows = Object.values(registry).sort((a, b) => a.code - b.code);
  const cells = (row: OperationDeclaration) => [
    row.name,
    hexadecimal(row.code),
    version(row.since),
    offered.has(row.name) ? "yes" : "no",
    row.spec,
    row.summary,
  ];
  return page(
    "Operations",
    intro,
    table(["Operation", "Code", "Since", "Offered", "Source", "Meaning"], rows.map(cells)),
    ...rows.filter(({ name }) => offered.has(name)).map(section),
  );
}

function section({
  name,
  summary,
  request,
  response,
  fails,
  strict,
}: OperationDeclaration): string {
  const unknown = strict ? ["A field that nobody knows is refused at every version."] : [];
  return [
    `## ${name}`,
    [summary, ...unknown].join(" "),
    payload("Request", request.fields),
    payload("Response", response.fields),
    `Reasons of its own: ${fails.length > 0 ? fails.join(", ") : "none"}.`,
  ].join("\n\n");
}

function payload(title: string, fields: Fields): string {
  const rows = Object.values(fields).map(fieldCells);
  return rows.length === 0
    ? `${title}: no fields.`
    : table([title, "Type", "Times", "Since"], rows);
}

type Field = Fields[string];

function fieldCells(field: Field): string[] {
  const since = field.since === undefined ? "" : version(field.since);
  return [tagName(field.tag), typeText(field.type), times(field), since];
}

const laterNames = new Map(Object.entries(laterTags).map(([name, tag]) => [tag as number, name]));

function tagName(tag: number): string {
  return nameOfTag(tag) ?? laterNames.get(tag) ?? hexadecimal(tag);
}

function times({ presence, atLeast }: Field): string {
  switch (presence) {
    case "required":
      return "once";
    case "optional":
      return "at most once";
    case "repeated":
      return atLeast === 0 ? "any number" : `${atLeast} or more`;
  }
}
