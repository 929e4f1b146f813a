import type { Administration } from "@akm/kmip-server";

const namesMax = 10;

/** What `/health` notes of the keys: those that ask for a mirror, since this server has none. */
export async function notesOn(administration: Administration): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const page of administration.mirrored()) {
    names.push(...page.map(({ keyName, id }) => keyName ?? id));
    if (names.length > namesMax) break;
  }
  if (names.length === 0) return [];
  const more = names.length > namesMax ? ", …" : "";
  const shown = names.slice(0, namesMax).join(", ");
  return [`y-Mirrored is set, and there is no mirror: ${shown}${more}`];
}
