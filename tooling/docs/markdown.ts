/** A whole page: its title, the note that it is derived, and its parts with an empty line between them. */
export function page(title: string, ...parts: readonly string[]): string {
  const note =
    "<!-- Derived from declarations by `pnpm run docs`: change those, not this page. -->";
  return `${[`# ${title}`, note, ...parts].join("\n\n")}\n`;
}

/** A table, as the formatter lays it out: the names of its columns, and a cell for each of them in every row. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns, ...rows].map((cells) => cells.map(escaped));
  const widths = columns.map((_, at) =>
    Math.max(3, ...lines.map((cells) => cells[at]?.length ?? 0)),
  );
  const [head = "", ...body] = lines.map((cells) => tableRow(cells, widths));
  return [
    head,
    tableRow(
      widths.map((width) => "-".repeat(width)),
      widths,
    ),
    ...body,
  ].join("\n");
}

function tableRow(cells: readonly string[], widths: readonly number[]): string {
  return `| ${widths.map((width, at) => (cells[at] ?? "").padEnd(width)).join(" | ")} |`;
}

function escaped(cell: string): string {
  return cell.replaceAll("|", "\\|");
}

/** A number as the specification prints codes: `0x1F`. */
export function hexadecimal(code: number): string {
  return `0x${code.toString(16).toUpperCase()}`;
}

/** A version by its edition: `1.1` for 11. */
export function version(edition: number): string {
  return `${Math.floor(edition / 10)}.${edition % 10}`;
}
