import type { EnumerationRow } from "@akm/ttlv";
import { hexadecimal, page, table, version } from "./markdown.ts";

/** An enumeration or a mask, as far as the page shows it. */
export interface NamedValues {
  readonly name: string;
  readonly itemType: string;
  readonly rows: ReadonlyMap<string, EnumerationRow>;
}

const intro = `The names are those of KMIP's XML encoding; on the wire there are only the codes. An enumeration is an
Enumeration item, a mask an Integer whose bits are added up. A value without a version has been there since 1.0.`;

/** `docs/enumerations.md`: every enumeration and mask with its codes, by name. */
export function enumerationsPage(enumerations: Readonly<Record<string, NamedValues>>): string {
  const sorted = Object.values(enumerations).sort((a, b) => (a.name < b.name ? -1 : 1));
  return page("Enumerations and masks", intro, ...sorted.map(section));
}

function section({ name, itemType, rows }: NamedValues): string {
  const heading = `## ${name}`;
  if (rows.size === 0)
    return `${heading}\n\nNo standard value: only those of vendors, from 0x80000000.`;
  const [value, code] = itemType === "Integer" ? ["Name", "Bit"] : ["Name", "Code"];
  return `${heading}\n\n${table([value, code, "Since"], [...rows].map(rowOf))}`;
}

function rowOf([name, { code, since }]: readonly [string, EnumerationRow]): string[] {
  return [name, hexadecimal(code), since === undefined ? "" : version(since)];
}
