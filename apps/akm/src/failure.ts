/** Why akm ends without having done what it was asked; the process ends with the code. README.md lists them. */
export const exitCodes = {
  /** A defect of akm; the log has the stack. */
  defect: 1,
  /** The command line: unknown command or option, value missing; or a Node that is too old. */
  usage: 2,
  /** `akm.conf` or an option has a value that cannot stand. */
  configuration: 3,
  /** The data folder cannot be read or written, or its disk is full. */
  folder: 4,
  /** Another process works on the data folder. */
  inUse: 5,
  /** An address cannot be listened on. */
  address: 6,
  /** The master key is missing, exposed, or another one. */
  masterKey: 7,
  /** The database is down, too old, or set up so that it could lose keys. */
  database: 8,
  /** The clock is behind the data. */
  clock: 9,
  /** A certificate or key file cannot be used. */
  certificate: 10,
  /** There is no such key or certificate, or it is not fit for what was asked. */
  refused: 11,
} as const;

/** The name of an exit code. */
export type FailureKind = keyof typeof exitCodes;

/** An end that an operator can mend: one line that says what is wrong and what to do. Never a defect. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

const folderMends: Readonly<Record<string, string>> = {
  EACCES: "not permitted: give it to this user, or name another folder",
  EPERM: "not permitted: give it to this user, or name another folder",
  EROFS: "the file system is read-only: name another folder",
  ENOSPC: "the disk is full: make room and start again",
  EDQUOT: "the disk quota is used up: make room and start again",
  ENOENT: "no folder can be made there: name another one",
  ENOTDIR: "a part of the path is no folder: name another one",
  EEXIST: "there is a file of that name: move it, or name another folder",
  ENAMETOOLONG: "the path is too long: name another folder",
};

/** Turns an error of the file system about `path` into a failure; any other error is returned as it is. */
export function folderFailure(error: unknown, path: string): unknown {
  const mend = folderMends[(error as NodeJS.ErrnoException).code ?? ""];
  return mend === undefined ? error : new Failure("folder", `${path}: ${mend}`, { cause: error });
}
