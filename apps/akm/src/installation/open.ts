import type { KmipServer, Log } from "@akm/kmip-server";
import type { Store } from "@akm/store";
import type { Installation } from "../acts/act.ts";
import { type OwnCertificates, prepareOwn } from "../certificates/own.ts";
import { prepareRevocationList } from "../certificates/revoked.ts";
import { type Closers, createClosers } from "../closers.ts";
import type { Config } from "../config.ts";
import { isServed } from "../control/ask-server.ts";
import { Failure } from "../failure.ts";
import type { DataFolder } from "../folder/data-folder.ts";
import { isThere } from "../folder/files.ts";
import type { FolderLock } from "../folder/lock.ts";
import { prepareFolder } from "../folder/prepare-folder.ts";
import { wireServer } from "../wire.ts";
import { checkClock } from "./clock.ts";
import { openDatabase } from "./database.ts";
import { openOrMakeKeyring } from "./keyring.ts";

/** What to open, and with what it is made where it is not there yet. */
export interface OpenOptions {
  readonly folder: DataFolder;
  readonly config: Config;
  /** Names for the server's certificates, where they have to be made. */
  readonly hosts: readonly string[];
  readonly now: () => Date;
  readonly log: Log;
}

/** An installation whose every part is there and fits; this process alone works on it until `close`. */
export interface OpenInstallation {
  readonly folder: DataFolder;
  readonly lock: FolderLock;
  readonly own: OwnCertificates;
  readonly store: Store;
  /** Answers KMIP once somebody listens for it. */
  readonly server: KmipServer;
  /** Whether it was made just now. */
  readonly isNew: boolean;
  /** Resolves when akm's own PostgreSQL ends, asked or not. */
  readonly databaseEnded: Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the installation in a data folder. What a first run needs is made step by step, each step whole or not at
 * all, and what is there is left as it is: so an interrupted first run is finished by the next one.
 *
 * @throws Failure of any kind but `usage`
 */
export async function openInstallation(options: OpenOptions): Promise<OpenInstallation> {
  const closers = createClosers();
  try {
    return await openParts(options, closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

/** The lock does not see the processes of another container that shares the folder; the socket does. */
async function refuseServed({ root, socket }: DataFolder): Promise<void> {
  if (!(await isServed(socket))) return;
  const mend = "stop it first, or name another folder with --data";
  throw new Failure("inUse", `a server of another container works on ${root}: ${mend}`);
}

/** An open installation as the acts of the command line see it. */
export function actedOn(
  { folder, own, server }: OpenInstallation,
  rest: Pick<Installation, "now" | "reload">,
): Installation {
  const { authority } = own;
  return { folder, authority, administration: server.administration, ...rest };
}

async function openParts(
  { folder, config, hosts, now, log }: OpenOptions,
  closers: Closers,
): Promise<OpenInstallation> {
  const lock = prepareFolder(folder, now());
  await refuseServed(folder);
  const isNew = !isThere(folder.masterKey);
  const own = await prepareOwn({ folder: folder.certificates, hosts, now: now() });
  checkClock(now(), lock, own.authority);
  await prepareRevocationList(folder.certificates, { authority: own.authority, now: now() });
  const { store, ended } = await openDatabase({
    root: folder.root,
    config: config.database,
    log,
    closers,
  });
  const keyring = await openOrMakeKeyring(store, folder);
  return {
    folder,
    lock,
    own,
    store,
    server: wireServer({ store, keyring, config, log }),
    isNew,
    databaseEnded: ended,
    close: () => closers.close(),
  };
}
