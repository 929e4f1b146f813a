import { page } from "../markdown.ts";
import type { Exported } from "./exports.ts";

/** One door into a package: what one writes to import from it, and what comes through. */
export interface EntryPoint {
  readonly specifier: string;
  readonly exported: readonly Exported[];
}

/** The page of a package: its doors, and behind each the names with what they are. */
export function apiPage(name: string, entryPoints: readonly EntryPoint[]): string {
  return page(`API of ${name}`, ...entryPoints.flatMap(entryPointParts));
}

function entryPointParts({ specifier, exported }: EntryPoint): readonly string[] {
  return [`## \`${specifier}\``, ...exported.flatMap(nameParts)];
}

function nameParts({ name, signature, comment }: Exported): readonly string[] {
  const code = `\`\`\`ts\n${signature}\n\`\`\``;
  return [`### ${name}`, ...(comment === "" ? [] : [prose(comment)]), code];
}

/** A comment as Markdown: its tags become words of the text. */
function prose(comment: string): string {
  return comment
    .replace(/^@param (\w+)\s+/gm, "\n- `$1`: ")
    .replace(/^@returns /gm, "\nReturns ")
    .replace(/^@throws /gm, "\nThrows ")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^(- .*)\n\n(?=- )/gm, "$1\n")
    .trim();
}
