import { Failure } from "../failure.ts";

/** An element of a document: what stands in its start tag, and in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Elements and the texts between them, blank ones left out. */
  readonly children: readonly (XmlElement | string)[];
}

/** A document: its root, and the comments before it. */
export interface XmlDocument {
  readonly comments: readonly string[];
  readonly root: XmlElement;
}

interface OpenElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (XmlElement | string)[];
}

interface Reading {
  readonly open: OpenElement[];
  readonly comments: string[];
  root: XmlElement | undefined;
}

const token =
  /<!--(.*?)-->|<\?xml\s[^?]*\?>|<\/([\w.-]+)\s*>|<([\w.-]+)((?:\s+[\w.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gsy;

/**
 * Reads the XML that KMIP conversations are written in: elements, attributes in double quotes, texts, comments and the
 * five entities. Anything else (DOCTYPE, CDATA, other instructions) is refused, so that nothing is half understood.
 *
 * @throws Failure `case` with the line of what does not fit
 */
export function readXml(text: string): XmlDocument {
  const reading: Reading = { open: [], comments: [], root: undefined };
  const source = text.replace(/^\uFEFF/, "");
  token.lastIndex = 0;
  for (let at = 0; at < source.length; at = token.lastIndex) {
    const found = token.exec(source);
    if (found === null) throw fault(source, at, "cannot be read");
    const wrong = take(reading, found);
    if (wrong !== undefined) throw fault(source, at, wrong);
  }
  const [unclosed] = reading.open;
  if (unclosed !== undefined) throw fault(source, source.length, `<${unclosed.name}> has no end`);
  if (reading.root === undefined) throw fault(source, source.length, "there is no element");
  return { comments: reading.comments, root: reading.root };
}

/** Takes one token in; what is wrong with it, if anything is. */
function take(reading: Reading, found: RegExpExecArray): string | undefined {
  const [, comment, closed, opened, attributes = "", isEmpty, text] = found;
  if (comment !== undefined) {
    if (reading.root === undefined && reading.open.length === 0)
      reading.comments.push(comment.trim());
    return undefined;
  }
  if (text !== undefined) return takeText(reading, text);
  if (closed !== undefined) return close(reading, closed);
  if (opened === undefined) return undefined;
  if (reading.root !== undefined) return `<${opened}> comes after the root`;
  reading.open.push({ name: opened, attributes: attributesOf(attributes), children: [] });
  return isEmpty === "/" ? close(reading, opened) : undefined;
}

function takeText({ open }: Reading, text: string): string | undefined {
  const trimmed = plain(text.trim());
  if (trimmed === "") return undefined;
  const parent = open.at(-1);
  if (parent === undefined) return "text outside the root";
  parent.children.push(trimmed);
  return undefined;
}

function close(reading: Reading, name: string): string | undefined {
  const element = reading.open.pop();
  if (element?.name !== name)
    return `</${name}> closes ${element ? `<${element.name}>` : "nothing"}`;
  const parent = reading.open.at(-1);
  if (parent === undefined) reading.root = element;
  else parent.children.push(element);
  return undefined;
}

function attributesOf(text: string): Record<string, string> {
  const pairs = text.matchAll(/([\w.-]+)="([^"]*)"/g);
  return Object.fromEntries(Array.from(pairs, ([, name, value = ""]) => [name, plain(value)]));
}

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/** The text that an attribute or a run of characters stands for; what is no entity stays as it is. */
function plain(text: string): string {
  return text.replace(/&(#?\w+);/g, (whole: string, name: string) => {
    if (!name.startsWith("#")) return entities[name] ?? whole;
    return String.fromCodePoint(Number(name.replace("#x", "0x").replace("#", "")));
  });
}

/** A text as it may stand in an attribute or in an element, of XML or of HTML. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']|\p{Cc}/gu, (character) => `&#${character.charCodeAt(0)};`);
}

function fault(source: string, at: number, what: string): Failure {
  const line = source.slice(0, at).split("\n").length;
  return new Failure("case", `line ${line}: ${what}`);
}
