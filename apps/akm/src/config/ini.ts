/** One `key = value` of the file, where it stands. */
export interface IniEntry {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

/** What is wrong in a line. */
export interface IniFault {
  readonly line: number;
  readonly text: string;
}

/** All that a file says, and every line that says nothing. */
export interface IniFile {
  readonly entries: readonly IniEntry[];
  readonly faults: readonly IniFault[];
}

const sectionForm = /^\[\s*([a-z][a-z_]*)\s*\]$/;
const entryForm = /^([a-z][a-z_]*)\s*=\s*(.*)$/;

/**
 * Reads `[section]` and `key = value` lines. A line that begins with `#` or `;` is a comment; within a line these
 * characters are part of the value (a password or a path may hold them).
 */
export function readIni(source: string): IniFile {
  const entries: IniEntry[] = [];
  const faults: IniFault[] = [];
  let section: string | undefined;
  for (const [index, raw] of source
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    const line = index + 1;
    const content = raw.trim();
    if (content === "" || content.startsWith("#") || content.startsWith(";")) continue;
    const header = sectionForm.exec(content);
    if (header) {
      section = header[1];
      continue;
    }
    const [, key, value] = entryForm.exec(content) ?? [];
    if (key === undefined || value === undefined) faults.push({ line, text: unreadable(content) });
    else if (section === undefined)
      faults.push({ line, text: `${key} stands before any [section]` });
    else entries.push({ section, key, value, line });
  }
  return { entries, faults };
}

// The line may be half a password: of what is not understood only the first word is shown.
function unreadable(content: string): string {
  return `"${content.split(/[\s=:]/, 1)[0]}…" is neither [section] nor key = value`;
}
