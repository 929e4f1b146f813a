import { join } from "node:path";
import { type CertifiedKey, createRevocationList, type Revoked, revocationReasons } from "@akm/pki";
import { Failure } from "../failure.ts";
import { readIfThere, writeWhole } from "../folder/files.ts";

// A list that is out of date refuses every certificate, so it lasts longer than any, and each start makes it anew.
const listDays = 3_650;

/** The certificates of akm's authority that are no longer good. */
export function listRevoked(folder: string): readonly Revoked[] {
  const path = join(folder, "revoked.json");
  const content = readIfThere(path);
  if (content === undefined) return [];
  try {
    const rows: readonly (Omit<Revoked, "at"> & { at: string })[] = JSON.parse(content);
    return rows.map((row) => ({ ...row, at: new Date(row.at) }));
  } catch (cause) {
    throw new Failure("certificate", `${path}: it cannot be read: restore it from its copy`, {
      cause,
    });
  }
}

/** Writes a certificate down as revoked. */
export function keepRevoked(folder: string, revoked: Revoked): void {
  const all = [...listRevoked(folder), revoked];
  writeWhole(join(folder, "revoked.json"), `${JSON.stringify(all, null, 2)}\n`, 0o644);
}

/** Makes `crl.pem`, the list of all that is revoked, signed by akm's authority. */
export async function writeRevocationList(
  folder: string,
  signing: { authority: CertifiedKey; now: Date },
): Promise<string> {
  const revoked = listRevoked(folder);
  const list = await createRevocationList({ ...signing, revoked, days: listDays });
  writeWhole(join(folder, "crl.pem"), list, 0o644);
  return list;
}

/** Whether a text names a reason for which a certificate may be revoked. */
export function isReason(text: string): text is keyof typeof revocationReasons {
  return Object.hasOwn(revocationReasons, text);
}
