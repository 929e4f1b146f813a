import { chown, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Account, barrier } from "./launcher.ts";

const prefix = "akm-pg-";

/** A socket's path may have 107 octets; `/akm-pg-XXXXXX/.s.PGSQL.5432.lock` takes 34 of them. */
const parentOctetsMax = 70;

/**
 * Makes a folder for the server's socket that only the database's account (and root) can open, and notes it in `note`, so that the
 * next start removes it where nobody else did. It does not stand in the data folder, whose path may be too long for a socket.
 */
export async function makeSocketFolder(
  account: Account | undefined,
  note: string,
): Promise<string> {
  await removeSocketFolder(note);
  const folder = await mkdtemp(join(await parent(account), prefix));
  await writeFile(note, folder, { mode: 0o600 });
  if (account !== undefined) await chown(folder, account.uid, account.gid);
  return folder;
}

/** Removes the folder that was noted, if any, and the note. */
export async function removeSocketFolder(note: string): Promise<void> {
  const folder = await readFile(note, "utf8").catch(() => "");
  if (basename(folder).startsWith(prefix)) await rm(folder, { recursive: true, force: true });
  await rm(note, { force: true });
}

async function parent(account: Account | undefined): Promise<string> {
  const usual = tmpdir();
  if (Buffer.byteLength(usual) > parentOctetsMax) return "/tmp";
  return account !== undefined && (await barrier(account, usual)) !== undefined ? "/tmp" : usual;
}
