/** What was measured of one thing at one number of connections. */
export interface Row {
  readonly what: string;
  readonly stored: number;
  readonly connections: number;
  /** One for each round. */
  readonly perSecond: readonly number[];
  readonly p99Us: readonly number[];
  /** The ceiling's, of the same rounds. */
  readonly ceiling: readonly number[];
}

/** The middle one; of an even number the upper one of both. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The median of a row as a share of its ceiling's. */
export function shareOf({ perSecond, ceiling }: Row): number {
  return median(perSecond) / median(ceiling);
}

/** The rows as a table in Markdown: medians of all rounds. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    row.stored.toLocaleString("en"),
    `${row.connections}`,
    Math.round(median(row.perSecond)).toLocaleString("en"),
    Math.round(median(row.ceiling)).toLocaleString("en"),
    `${(100 * shareOf(row)).toFixed(0)} %`,
    (median(row.p99Us) / 1000).toFixed(1),
  ]);
  const head = ["what", "keys", "connections", "a second", "its ceiling", "share", "p99 ms"];
  const widths = head.map((title, at) =>
    Math.max(title.length, ...cells.map((line) => line[at]?.length ?? 0)),
  );
  const line = (texts: readonly string[]) =>
    `| ${texts.map((text, at) => text.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  return [head, widths.map((width) => "-".repeat(width)), ...cells].map(line).join("\n");
}
