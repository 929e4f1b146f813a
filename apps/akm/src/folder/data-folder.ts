import { readdirSync } from "node:fs";
import { userInfo } from "node:os";
import { basename, join, resolve } from "node:path";
import { Failure, folderFailure } from "../failure.ts";

/** The places in a data folder; README.md says whose they are. */
export interface DataFolder {
  readonly root: string;
  readonly configFile: string;
  readonly masterKey: string;
  readonly certificates: string;
  /** What lives only as long as a server: its lock and its socket. */
  readonly run: string;
  readonly socket: string;
  /** Of akm's own PostgreSQL; the number is its major version. */
  readonly database: string;
}

// sockaddr_un has room for 108 octets, the last one is zero.
const socketPathBytesMax = 107;

/**
 * The places in the folder of `--data`, or in the usual one of this user.
 *
 * @throws Failure `folder` where the path is too long for a socket, or there is no usual one
 */
export function dataFolder(
  given: string | undefined,
  env: { readonly HOME?: string | undefined },
): DataFolder {
  const root = given === undefined ? usualFolder(env.HOME) : resolve(given);
  const socket = join(root, "run", "akm.sock");
  const excess = Buffer.byteLength(socket) - socketPathBytesMax;
  if (excess > 0) {
    throw new Failure(
      "folder",
      `${root}: the path is ${excess} bytes too long for a socket in it: name a shorter one with --data`,
    );
  }
  return {
    root,
    configFile: join(root, "akm.conf"),
    masterKey: join(root, "master.key"),
    certificates: join(root, "pki"),
    run: join(root, "run"),
    socket,
    database: join(root, "pg18"),
  };
}

/** Whether akm, or a first start of it that died, has been in this folder. */
export function isBegun(folder: DataFolder): boolean {
  return entriesOf(folder.root).some((name) => name === basename(folder.run));
}

/** The names in a folder; none where there is no such folder. */
export function entriesOf(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw folderFailure(error, path);
  }
}

function usualFolder(home: string | undefined): string {
  if (process.getuid?.() === 0) return "/var/lib/akm";
  return join(home || homeOfPasswd(), ".local", "share", "akm");
}

function homeOfPasswd(): string {
  try {
    return userInfo().homedir;
  } catch (cause) {
    throw new Failure("folder", "this user has no home folder: name a data folder with --data", {
      cause,
    });
  }
}
