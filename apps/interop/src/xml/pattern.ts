import { tags } from "@akm/kmip-model";
import { type Item, type ItemType, itemTypes } from "@akm/ttlv";
import { Failure } from "../failure.ts";
import { nameOf, tagNamed } from "./names.ts";
import { escapeXml, type XmlElement } from "./read-xml.ts";
import { type ScalarType, writeValue } from "./value-text.ts";

/** An item as a case has it: its values are texts still, and may be placeholders. */
export type Pattern = { readonly tag: number; readonly attributeName?: string | undefined } & (
  | { readonly type: "Structure"; readonly items: readonly Pattern[] }
  | { readonly type: ScalarType; readonly text: string }
);

/**
 * An element of KMIP's XML as a pattern: `<Tag type="…" value="…"/>`, `<TTLV tag="0x540001" …>` for tags without a name.
 *
 * @throws Failure `case`
 */
export function patternOf(element: XmlElement, attributeName?: string): Pattern {
  const { type = "Structure", value, tag: number } = element.attributes;
  const tag = element.name === "TTLV" ? Number(number) : tagNamed(element.name);
  if (tag === undefined || Number.isNaN(tag)) throw wrong(element, "is no tag");
  if (!isItemType(type)) throw wrong(element, `has no type ${type}`);
  if (type === "Structure") {
    return { tag, type, items: itemsOf(element), attributeName };
  }
  if (value === undefined) throw wrong(element, "has no value");
  if (element.children.length > 0) throw wrong(element, "holds something beside its value");
  return { tag, type, text: value.replace(/\s+/g, " "), attributeName };
}

function itemsOf(element: XmlElement): readonly Pattern[] {
  const children = element.children.map((child) => {
    if (typeof child === "string") throw wrong(element, `holds the text ${JSON.stringify(child)}`);
    return child;
  });
  const beside = children.find(({ name }) => name === "AttributeName")?.attributes["value"];
  return children.map((child) =>
    patternOf(child, child.name === "AttributeValue" ? beside?.replace(/\s+/g, " ") : undefined),
  );
}

function isItemType(type: string): type is ItemType {
  return Object.hasOwn(itemTypes, type);
}

/** An item that came over the wire, as a pattern without placeholders. */
export function patternOfItem(item: Item, attributeName?: string): Pattern {
  const { tag } = item;
  if (item.type !== "Structure") {
    return { tag, type: item.type, text: writeValue(item, { tag, attributeName }), attributeName };
  }
  const name = item.value.find((each) => each.tag === tags.AttributeName)?.value;
  const beside = typeof name === "string" ? name : undefined;
  const items = item.value.map((each) =>
    patternOfItem(each, each.tag === tags.AttributeValue ? beside : undefined),
  );
  return { tag, type: "Structure", items, attributeName };
}

/** A pattern as KMIP's XML, indented. */
export function writePattern(pattern: Pattern, indent = ""): string {
  const name = nameOf(pattern.tag);
  const open = name.startsWith("0x") ? `TTLV tag="${name}"` : name;
  const close = open.split(" ")[0];
  if (pattern.type !== "Structure") {
    return `${indent}<${open} type="${pattern.type}" value="${escapeXml(pattern.text)}"/>`;
  }
  if (pattern.items.length === 0) return `${indent}<${open}/>`;
  const inner = pattern.items.map((each) => writePattern(each, `${indent}  `));
  return [`${indent}<${open}>`, ...inner, `${indent}</${close}>`].join("\n");
}

function wrong({ name }: XmlElement, what: string): Failure {
  return new Failure("case", `<${name}> ${what}`);
}
