/** One statement at the top of a declaration file, and the comment before it without its marks. */
export interface Statement {
  readonly text: string;
  readonly comment: string;
}

/**
 * The statements of a declaration file that the compiler wrote: each begins at the start of a line, and what belongs to
 * it is indented or closes a bracket. (TypeScript 7 has no interface for programs.)
 */
export function readStatements(source: string): readonly Statement[] {
  const found: Statement[] = [];
  let comment = "";
  for (const text of source.split(/\n(?![\s})\]])/)) {
    const { note, rest } = /^(?<note>\/\*\*.*?\*\/)?\s*(?<rest>.*)$/s.exec(text)?.groups ?? {};
    if (note !== undefined) comment = withoutMarks(note);
    if (rest === undefined || rest === "" || rest.startsWith("//")) continue;
    found.push({ text: rest, comment });
    comment = "";
  }
  return found;
}

/** The words of a `/** … *\/` comment, line by line. */
export function withoutMarks(comment: string): string {
  return comment
    .replace(/^\/\*\*\s?/, "")
    .replace(/\s*\*\/$/, "")
    .replace(/^\s*\* ?/gm, "")
    .trim();
}
