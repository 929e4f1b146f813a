import { join } from "node:path";
import { type CertifiedKey, createRevocationList, type Revoked, revocationReasons } from "@akm/pki";
import { type RevocationList, readRevocationLists } from "@akm/pki/identity";
import { Failure } from "../failure.ts";
import { readIfThere, writeWhole } from "../folder/files.ts";

// Whoever else reads the list may refuse every certificate once it is out of date: it lasts longer than any.
const listDays = 3_650;
const dayMs = 24 * 60 * 60 * 1000;

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

/** Makes `crl.pem` where it is missing, does not name all that is revoked, or is half way to being out of date. */
export async function prepareRevocationList(folder: string, signing: Signing): Promise<void> {
  const list = readOwnList(folder);
  const halfWay = signing.now.getTime() + (listDays / 2) * dayMs;
  const isFresh = Number(list?.nextUpdate) > halfWay;
  const isWhole = listRevoked(folder).every(({ serial }) => list?.serials.has(serial));
  if (!isFresh || !isWhole) await writeRevocationList(folder, signing);
}

/** Who signs a list, and when. */
export interface Signing {
  readonly authority: CertifiedKey;
  readonly now: Date;
}

/** Makes `crl.pem`, the list of all that is revoked, signed by akm's authority. */
export async function writeRevocationList(folder: string, signing: Signing): Promise<void> {
  const revoked = listRevoked(folder);
  const list = await createRevocationList({ ...signing, revoked, days: listDays });
  writeWhole(join(folder, "crl.pem"), list, 0o644);
}

/** Whether a text names a reason for which a certificate may be revoked. */
export function isReason(text: string): text is keyof typeof revocationReasons {
  return Object.hasOwn(revocationReasons, text);
}

function readOwnList(folder: string): RevocationList | undefined {
  try {
    return readRevocationLists(readIfThere(join(folder, "crl.pem")) ?? "")[0];
  } catch {
    // It can be made anew from what is written down.
    return undefined;
  }
}
