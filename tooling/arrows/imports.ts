import type { Token } from "./scan.ts";

/** One import, export from, or `import()` in a file. */
export interface Import {
  /** As written; `undefined` for an `import()` whose name is made at run time. */
  readonly specifier: string | undefined;
  readonly line: number;
}

/** Every way in which a file names another module, in the order of the file; types count as much as values. */
export function importsOf(tokens: readonly Token[]): Import[] {
  return tokens.flatMap((token, at) => {
    if (token.kind !== "word" || [".", "?."].includes(tokens[at - 1]?.text ?? "")) return [];
    if (token.text === "import") return importAt(tokens, at);
    if (token.text === "export") return exportAt(tokens, at);
    return [];
  });
}

function importAt(tokens: readonly Token[], at: number): Import[] {
  const { line } = tokens[at] as Token;
  const next = tokens[at + 1];
  // `import.meta`, or a member that is called import.
  if (next === undefined || [".", ":", "?", ","].includes(next.text)) return [];
  if (next.kind === "string") return [{ specifier: next.text, line }];
  if (next.text === "(") {
    const [name, close] = [tokens[at + 2], tokens[at + 3]];
    const written = name?.kind === "string" && [")", ","].includes(close?.text ?? "");
    return [{ specifier: written ? name.text : undefined, line }];
  }
  return fromAfter(tokens, at, line);
}

function exportAt(tokens: readonly Token[], at: number): Import[] {
  const { line } = tokens[at] as Token;
  const next = tokens[at + 1]?.text === "type" ? at + 2 : at + 1;
  const { text, depth } = tokens[next] ?? {};
  if (text === "*") return fromAfter(tokens, next, line);
  if (text !== "{") return [];
  const close = tokens.findIndex(
    (token, i) => i > next && token.text === "}" && token.depth === depth,
  );
  if (tokens[close + 1]?.text !== "from") return [];
  return fromAfter(tokens, close, line);
}

/** An import of the string after the next `from` behind `at`. */
function fromAfter(tokens: readonly Token[], at: number, line: number): Import[] {
  const from = tokens.findIndex(
    (token, i) => i > at && token.text === "from" && tokens[i + 1]?.kind === "string",
  );
  return from < 0 ? [] : [{ specifier: tokens[from + 1]?.text, line }];
}
