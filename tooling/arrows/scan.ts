/** One piece of TypeScript source, comments and blanks left out. */
export interface Token {
  readonly kind: "word" | "string" | "template" | "number" | "regex" | "mark";
  /** As written; a string without its quotes. */
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
  /** How many brackets of any kind are open around it. */
  readonly depth: number;
  /** The comments between it and the token before it, with their marks. */
  readonly comments: readonly string[];
}

const blank = /\s+/y;
const comment = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const word = /[\p{ID_Start}$_#][\p{ID_Continue}$]*/uy;
const number = /\d[\w.]*/y;
const string = /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/y;
const regex = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y;
/** From a backtick, or from the brace that ends a `${…}`, to the next `${` or the closing backtick. */
const template = /[`}](?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:\$\{|`)/y;
const mark = /\?\.|=>|\.{3}|[\s\S]/y;

/** Words after which a slash begins a regular expression, where after other words it divides. */
const beforeRegex = new Set(
  "return typeof case in of do else void delete throw new await yield".split(" "),
);

/**
 * Cuts TypeScript source into tokens: enough to find imports, exports and names, without a parser (TypeScript 7
 * has no interface for programs). Never throws; source that does not compile gives tokens of no worth.
 */
export function scan(source: string): Token[] {
  const tokens: Token[] = [];
  // For each open bracket: whether it is the `${` of a template.
  const open: boolean[] = [];
  let comments: string[] = [];
  let [at, line] = [0, 1];

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const text = pattern.exec(source)?.[0];
    if (text === undefined) return undefined;
    at += text.length;
    line += text.split("\n").length - 1;
    return text;
  };

  while (at < source.length) {
    if (take(blank)) continue;
    const note = take(comment);
    if (note) {
      comments.push(note);
      continue;
    }
    const start = line;
    const inTemplate = source[at] === "}" && open.at(-1) === true;
    const [kind, text] = takeToken(take, { next: source[at], last: tokens.at(-1), inTemplate });
    if (closes(kind, text)) open.pop();
    const depth = open.length;
    if (opens(kind, text)) open.push(kind === "template");
    tokens.push({ kind, text, line: start, depth, comments });
    comments = [];
  }
  return tokens;
}

/** Where the scan stands: the next character, the last token, whether a template goes on here. */
interface Position {
  readonly next: string | undefined;
  readonly last: Token | undefined;
  readonly inTemplate: boolean;
}

function takeToken(
  take: (pattern: RegExp) => string | undefined,
  { next, last, inTemplate }: Position,
): [Token["kind"], string] {
  const patterns: [Token["kind"], RegExp, boolean][] = [
    ["template", template, next === "`" || inTemplate],
    ["string", string, true],
    ["regex", regex, next === "/" && mayStartRegex(last)],
    ["word", word, true],
    ["number", number, true],
  ];
  for (const [kind, pattern, applies] of patterns) {
    const text = applies ? take(pattern) : undefined;
    if (text) return [kind, kind === "string" ? text.slice(1, -1) : text];
  }
  return ["mark", take(mark) ?? ""];
}

function closes(kind: Token["kind"], text: string): boolean {
  return kind === "template" ? text.startsWith("}") : kind === "mark" && ")]}".includes(text);
}

function opens(kind: Token["kind"], text: string): boolean {
  return kind === "template" ? text.endsWith("${") : kind === "mark" && "([{".includes(text);
}

/** Whether a slash after this token begins a regular expression; elsewhere it divides. */
function mayStartRegex(last: Token | undefined): boolean {
  if (last === undefined) return true;
  if (last.kind === "word") return beforeRegex.has(last.text);
  return last.kind === "mark" && !closes(last.kind, last.text);
}
