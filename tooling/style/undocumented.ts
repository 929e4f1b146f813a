import type { Token } from "@akm/arrows/scan";

/** An export without a doc comment. */
export interface Undocumented {
  readonly name: string;
  readonly line: number;
}

const kinds = new Set(
  "async function const let var class abstract interface type declare".split(" "),
);

/**
 * The declarations that a file exports without a doc comment above them. Names that are handed on
 * (`export … from`, `export { … }`) are documented where they are declared, overloads at the first one.
 */
export function undocumentedExports(tokens: readonly Token[]): Undocumented[] {
  const seen = new Set<string>();
  return tokens.flatMap((token, at) => {
    if (token.text !== "export" || token.kind !== "word" || token.depth > 0) return [];
    const name = declaredName(tokens, at);
    if (name === undefined || seen.has(name)) return [];
    seen.add(name);
    return isDocumented(token) ? [] : [{ name, line: token.line }];
  });
}

function isDocumented({ comments }: Token): boolean {
  return comments.some((comment) => comment.startsWith("/**"));
}

/** The name that the `export` at a place declares; `undefined` where it hands on or exports a default. */
function declaredName(tokens: readonly Token[], at: number): string | undefined {
  const rest = tokens.slice(at + 1, at + 6);
  const handsOn = rest[0]?.text === "type" && ["*", "{"].includes(rest[1]?.text ?? "");
  if (handsOn || !kinds.has(rest[0]?.text ?? "")) return undefined;
  const first = rest.find(({ text }) => text !== "*" && !kinds.has(text));
  return first?.kind === "word" ? first.text : undefined;
}
